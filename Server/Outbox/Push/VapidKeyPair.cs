namespace ChatHub.Server.Outbox.Push;

/// <summary>A P-256 key pair in base64url.</summary>
/// <param name="Public">The uncompressed point.</param>
/// <param name="Private">The scalar.</param>
public sealed record VapidKeyPair(string Public, string Private)
{
    /// <summary>As it is stored: both, with a dot between.</summary>
    public static VapidKeyPair Parse(string stored) => stored.Split('.') is [var point, var scalar]
        ? new(point, scalar)
        : throw new FormatException("The stored VAPID key pair is damaged.");

    public override string ToString() => $"VapidKeyPair {{ {Public} }}";
}
