namespace ChatHub.Server.People.Accounts;

/// <summary>Where a session comes from, for its user to recognise.</summary>
/// <param name="Device">What the client calls itself.</param>
/// <param name="Address">Its address.</param>
public sealed record SessionOrigin(string? Device, string? Address)
{
    public const int DeviceMax = 200;
}
