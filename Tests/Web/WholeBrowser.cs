namespace ChatHub.Tests.Web;

/// <summary>The whole Chromium, for what its headless shell cannot do: it shows no notifications and installs no page. Also what users have, to be measured.</summary>
public sealed class WholeBrowser() : WebBrowser(Browsers);
