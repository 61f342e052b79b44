namespace ChatHub.Server.Storage;

/// <summary>Where every opaque id comes from: version-7 GUIDs as 32 hex digits, sortable by time, never derivable.</summary>
public static class Ids
{
    public static string New(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");
}
