namespace ChatHub.Contracts;

/// <summary>
/// The idempotency keys that callers choose for what they create. Any 1 to 64 printable ASCII characters will do; ids that
/// grow with time cost the server least, because its index of them then grows at one end.
/// </summary>
public static class ClientIds
{
    /// <returns>A version-7 GUID, 32 hexadecimal digits.</returns>
    public static string New() => Guid.CreateVersion7().ToString("N");
}
