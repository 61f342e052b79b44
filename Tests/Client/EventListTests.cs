using System.Reflection;
using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Protocol.Support;
using Xunit;

namespace ChatHub.Tests.Client;

/// <summary>Each event of <see cref="IChatClient"/> reaches an application on the SDK; what a compiler cannot hold complete.</summary>
public sealed class EventListTests
{
    private static CancellationToken Token => TestTimeouts.Token;

    [Fact]
    public async Task Event_of_the_contract_is_raised_by_the_SDK_and_recorded_by_tests()
    {
        await using var server = await StubServer.StartAsync(Token);
        await using var client = server.Client();
        var raised = new ReceivedQueue<string>();
        foreach (var method in typeof(IChatClient).GetMethods())
            Listen(client.Events, method, raised);
        var recorded = new ReceivedEvents(client.Events);
        await client.ConnectAsync(Token);

        var values = new ContractValues(new Random(1));
        // The client leaves its connection at ServerDraining, in its own time.
        foreach (var method in typeof(IChatClient).GetMethods().OrderBy(method => method.Name == nameof(IChatClient.ServerDraining)))
        {
            var e = values.Create(method.GetParameters()[0].ParameterType);
            await server.SendAsync(method.Name, e is ServerDraining ? new ServerDraining { ReconnectWithinSeconds = 60 } : e);
            await server.SendAsync(nameof(IChatClient.Position), new Position { Epoch = "marker", Version = 0 });

            Assert.True(await raised.NextAsync() == method.Name, $"HubEvents does not raise {method.Name}: Client/Calls/EventBinding.cs binds it, HubEvents raises it.");
            Assert.Equal(nameof(IChatClient.Position), await raised.NextAsync());
            if (e is IVersioned)
                Assert.True(recorded.Stored.TakeAll().Count == 1, $"Tests/Infrastructure/ReceivedEvents.cs does not record {method.Name}.");
        }
    }

    private static void Listen(HubEvents events, MethodInfo method, ReceivedQueue<string> raised)
    {
        var e = typeof(HubEvents).GetEvent(method.Name);
        Assert.True(e is not null, $"HubEvents has no event {method.Name}.");
        e.AddEventHandler(events, typeof(EventListTests).GetMethod(nameof(Handler), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(method.GetParameters()[0].ParameterType).Invoke(null, [method.Name, raised]) as Delegate);
    }

    private static Action<T> Handler<T>(string name, ReceivedQueue<string> raised) => _ => raised.Add(name);
}
