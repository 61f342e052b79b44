using Microsoft.Playwright;

namespace ChatHub.Tests.Web;

/// <summary>What a test uses controls with: the same steps by the mouse, and by the keyboard alone.</summary>
public enum Hand
{
    Mouse,
    Keyboard,
}

public static class Hands
{
    /// <summary>A button, a link or a row.</summary>
    public static Task UseAsync(this Hand hand, ILocator control) => hand == Hand.Mouse ? control.ClickAsync() : control.PressAsync("Enter");

    /// <summary>A box or a choice that is to change.</summary>
    public static Task ToggleAsync(this Hand hand, ILocator control) => hand == Hand.Mouse ? control.ClickAsync() : control.PressAsync("Space");

    /// <summary>A field, whatever it holds.</summary>
    public static async Task FillAsync(this Hand hand, ILocator field, string text)
    {
        if (hand == Hand.Mouse)
        {
            await field.FillAsync(text);
            return;
        }

        await field.PressAsync("Control+a");
        await field.Page.Keyboard.TypeAsync(text);
    }
}
