using ChatHub.Server.Storage;

namespace ChatHub.Server.Hosting.Demo;

/// <summary>A user of the demo, who calls as over HTTP: without a connection.</summary>
internal sealed record DemoUser(UserRef User, string Username)
{
    public string Id => User.Id;

    public Caller Caller { get; } = new(User, ConnectionId: null);
}
