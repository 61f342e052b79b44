namespace ChatHub.Server.Common;

/// <summary>The path under which the server is mounted (<c>/chat</c>), or empty: every url and cookie path that it gives out begins with it.</summary>
public sealed record PathBase(string Value)
{
    public string Of(string path) => Value + path;
}
