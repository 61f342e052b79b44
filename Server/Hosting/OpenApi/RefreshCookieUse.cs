namespace ChatHub.Server.Hosting.OpenApi;

/// <summary>Marks the endpoints of the refresh cookie.</summary>
internal sealed class RefreshCookieUse
{
    public static readonly RefreshCookieUse Instance = new();
}
