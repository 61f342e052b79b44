using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.Privacy;

/// <summary>What a user may be to a stranger who reads their profile.</summary>
public enum Secret
{
    /// <summary>Nothing at all.</summary>
    None,
    Blocks,
    Off,
    Under16,
}

/// <summary>How secrets come about.</summary>
public static class Strangers
{
    public static Task<Device> ConnectUserAsync(ITestServer server, Secret secret) =>
        server.ConnectUserAsync("bob", secret == Secret.Under16 ? "2020-01-01" : "1990-05-17");

    public static Task KeepAsync(this Device bob, Secret secret, Device from) => secret switch
    {
        Secret.Blocks => bob.BlockAsync(from),
        Secret.Off => bob.SetAsync(MessagingPolicy.Nobody),
        _ => Task.CompletedTask,
    };

    public static Task EndAsync(this Device bob, Secret secret, Device from) => secret switch
    {
        Secret.Blocks => bob.UnblockAsync(from),
        Secret.Off => bob.SetAsync(MessagingPolicy.Everyone),
        _ => Task.CompletedTask,
    };
}
