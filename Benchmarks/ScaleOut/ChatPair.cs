using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ChatHub.Benchmarks.Send;
using ChatHub.Contracts;

namespace ChatHub.Benchmarks.ScaleOut;

/// <summary>Two followers in one chat: the one writes, the other listens.</summary>
public sealed class ChatPair(Follower sender, Follower receiver, string receiverId)
{
    private readonly ConcurrentDictionary<string, long> _sentAt = new(StringComparer.Ordinal);
    private string _conversationId = "";
    private long _base;
    private int _sent;

    /// <summary>Milliseconds from sending to the live event, since it was last taken.</summary>
    public ConcurrentBag<double> Latencies { get; private set; } = [];

    /// <summary>The receiver has all that was acknowledged.</summary>
    public bool HasConverged => receiver.Version >= _base + _sent;

    public async Task MeetAsync()
    {
        _conversationId = await ChatHubPairs.BecomeAcquaintedAsync(sender.Socket, receiver.Socket, receiverId);
        await sender.StartAsync();
        await receiver.StartAsync();
        _base = receiver.Version;
        receiver.MessageReceived = text =>
        {
            if (_sentAt.TryRemove(text, out var at))
                Latencies.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        };
    }

    public async Task SayAsync()
    {
        var text = (_sent + 1).ToString(CultureInfo.InvariantCulture);
        _sentAt[text] = Stopwatch.GetTimestamp();
        var answer = await sender.Socket.InvokeAsync(
            nameof(IChatHub.SendMessage),
            new SendMessageInput { ConversationId = _conversationId, Text = text, ClientId = ClientIds.New() },
            ContractJson.Default.SendMessageInput,
            ContractJson.Default.MessageReceived);
        sender.Answered(answer.Version);
        _sent++;
    }

    public IReadOnlyCollection<double> TakeLatencies()
    {
        var taken = Latencies;
        Latencies = [];
        return taken;
    }
}
