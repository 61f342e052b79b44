using Microsoft.Playwright;

namespace ChatHub.Tests.Web;

/// <summary>The screens that the web inbox is tested on.</summary>
public static class Screens
{
    public static BrowserNewContextOptions Desktop(string locale = "en-GB", ColorScheme colors = ColorScheme.Light) =>
        new() { ViewportSize = new() { Width = 1200, Height = 800 }, Locale = locale, ColorScheme = colors };

    public static BrowserNewContextOptions Phone(string locale = "en-GB", ColorScheme colors = ColorScheme.Light) =>
        new() { ViewportSize = new() { Width = 360, Height = 740 }, Locale = locale, ColorScheme = colors, HasTouch = true, IsMobile = true, DeviceScaleFactor = 2 };

    public static BrowserNewContextOptions Of(string name) => name == "phone" ? Phone() : Desktop();
}
