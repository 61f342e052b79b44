namespace ChatHub.Server.Requests;

/// <summary>The request that has to be expired first.</summary>
public sealed class DueRequest
{
    public long Key { get; set; }
}
