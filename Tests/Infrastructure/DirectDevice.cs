using System.Reflection;
using System.Security.Claims;
using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Server.People.Accounts;
using ChatHub.Server.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace ChatHub.Tests.Infrastructure;

/// <summary>
/// A connection without a socket, for tests that do very much: the hub's own class is called as SignalR calls it, and
/// events are taken where delivery has them (<see cref="DirectDelivery"/>).
/// </summary>
public sealed class DirectDevice : IDevice
{
    private static readonly ObjectFactory<Server.Hubs.ChatHub> NewHub = ActivatorUtilities.CreateFactory<Server.Hubs.ChatHub>([]);

    private readonly DirectDelivery _delivery;

    private DirectDevice(IServiceProvider services, UserRef user)
    {
        (User, _delivery) = (user, services.GetRequiredService<DirectDelivery>());
        Context = new(user);
        var hub = DispatchProxy.Create<IChatHub, Calls>();
        var calls = (Calls)(object)hub;
        calls.NewHub = () =>
        {
            var made = NewHub(services, []);
            made.Context = Context;
            return made;
        };
        Hub = hub;
    }

    public UserRef User { get; }
    public IChatHub Hub { get; }
    public ReceivedQueue<IVersioned> Stored { get; } = new();
    internal DirectCallerContext Context { get; }

    public static async Task<DirectDevice> ConnectAsync(InProcessServer server, string userId)
    {
        var person = await server.Services.GetRequiredService<AccountService>().FindByTokenAsync(userId, sessionId: null, TestTimeouts.Token);
        var device = new DirectDevice(server.Services, person!.Ref);
        device._delivery.Add(device);
        await ((Calls)(object)device.Hub).NewHub().OnConnectedAsync();
        return device;
    }

    public async ValueTask DisposeAsync()
    {
        await ((Calls)(object)Hub).NewHub().OnDisconnectedAsync(null);
        _delivery.Remove(this);
    }

    /// <summary>A new hub for each call, as SignalR has it.</summary>
#pragma warning disable CA1852 // DispatchProxy derives from it.
    internal class Calls : DispatchProxy
#pragma warning restore CA1852
    {
        public Func<Server.Hubs.ChatHub> NewHub { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Invoke(NewHub(), BindingFlags.DoNotWrapExceptions, null, args, null);
    }

    internal sealed class DirectCallerContext(UserRef user) : HubCallerContext
    {
        public override string ConnectionId { get; } = Guid.NewGuid().ToString("N");
        public override string? UserIdentifier => user.Id;
        public override ClaimsPrincipal? User { get; } = Principals.Of("direct", user, sessionId: null, []);
        public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();
        public override IFeatureCollection Features { get; } = new FeatureCollection();
        public override CancellationToken ConnectionAborted => CancellationToken.None;

        public override void Abort()
        {
        }
    }
}
