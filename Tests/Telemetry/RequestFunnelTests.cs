using System.Diagnostics.Metrics;
using ChatHub.Server.Requests;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Telemetry;

/// <summary>The exported numbers of the funnel: true in the long run, and too coarse to show what became of one request.</summary>
public sealed class RequestFunnelTests
{
    [Fact]
    public async Task Stages_are_exported_in_steps_and_not_before_the_interval_is_over()
    {
        await using var server = await InProcessServer.StartDirectAsync();
        var bob = await ConnectAsync(server, "bob");
        var requests = new List<string>();
        for (var i = 0; i < 21; i++)
        {
            var sender = await ConnectAsync(server, "sender");
            requests.Add((await sender.Hub.SendRequest(new() { RecipientId = bob.User.Id, Text = "Hello?", ClientId = UserActions.NewClientId() })).Request.RequestId);
        }

        foreach (var id in requests.Take(11))
            await bob.Hub.AcceptRequest(new() { RequestId = id });
        await bob.Hub.DeleteRequest(new() { RequestId = requests[11] });
        await bob.Hub.RestoreRequest(new() { RequestId = requests[11] });
        await bob.Hub.DeleteRequests(new() { RequestIds = [.. requests.Skip(11)] });

        Assert.All(Read(server).Values, value => Assert.Equal(0, value));
        server.Time.Advance(RequestFunnel.Interval);
        var exported = Read(server);
        Assert.Equal((20, 10, 10), (exported["sent"], exported["accepted"], exported["deleted"]));
        // One alone is never seen.
        Assert.All((string[])["filtered", "restored", "withdrawn", "expired"], stage => Assert.Equal(0, exported[stage]));

        // Not yet: however many there are.
        for (var i = 0; i < RequestFunnel.Step; i++)
            await (await ConnectAsync(server, "sender")).Hub.SendRequest(new() { RecipientId = bob.User.Id, Text = "Hello?", ClientId = UserActions.NewClientId() });
        Assert.Equal(20, Read(server)["sent"]);
    }

    private static async Task<DirectDevice> ConnectAsync(InProcessServer server, string name) =>
        await DirectDevice.ConnectAsync(server, (await Account.BringAsync(server, name)).Id);

    private static Dictionary<string, long> Read(InProcessServer server)
    {
        var read = new Dictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                // Of this server alone: others run beside it.
                if (instrument.Name == "chathub.requests" && instrument.Meter.Scope == server.Services.GetRequiredService<IMeterFactory>())
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => read.Add((string)tags[0].Value!, value));
        listener.Start();
        listener.RecordObservableInstruments();
        return read;
    }
}
