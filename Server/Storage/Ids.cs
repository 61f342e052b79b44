namespace ChatHub.Server.Storage;

/// <summary>
/// Where every opaque id comes from: 122 random bits as 32 hex digits, which disclose neither a time, nor an order, nor a
/// count. Keys inside the database are the ones that grow.
/// </summary>
public static class Ids
{
    public static string New() => Guid.NewGuid().ToString("N");
}
