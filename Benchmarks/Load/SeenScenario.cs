using System.Diagnostics;
using ChatHub.Benchmarks.Reports;
using ChatHub.Benchmarks.ScaleOut;
using ChatHub.Benchmarks.Send;
using ChatHub.Benchmarks.Users;
using ChatHub.Benchmarks.Wires;
using ChatHub.Contracts;

namespace ChatHub.Benchmarks.Load;

/// <summary>A reader catches up in many chats: MarkSeen in each, one call after the other and all at once. Each peer must be shown it exactly once.</summary>
public sealed class SeenScenario : IAsyncDisposable
{
    private const int ManyChats = 100;
    private const int AtOnce = 16;
    private const int WarmUpRounds = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Crowd _crowd;
    private readonly HubSocket _reader;
    private readonly Chat[] _chats;
    private int _shown;
    private TaskCompletionSource _allShown = new();

    private SeenScenario(Crowd crowd, HubSocket reader, int chats) => (_crowd, _reader, _chats) = (crowd, reader, new Chat[chats]);

    /// <summary>With one peer of the reader.</summary>
    private sealed record Chat(HubSocket Peer, string ConversationId);

    /// <param name="Milliseconds">Until the last call was answered.</param>
    /// <param name="Shown">Milliseconds until the last peer had the event.</param>
    /// <param name="Cpu">Microseconds of the server for each call.</param>
    private sealed record CatchUp(double Milliseconds, double Shown, double Cpu);

    public static async Task<Report> RunAsync(string[] args)
    {
        var options = SendOptions.Parse(["--users", $"{ManyChats}", "--rounds", "30", .. args]);
        await using var crowd = await Crowd.StartAsync(options, options.Silent + 1, instances: 1);
        await using var scenario = new SeenScenario(crowd, await crowd.ConnectAsync(0, listener: null, CancellationToken.None), options.Silent);
        await scenario.MeetAsync();
        var (oneByOne, together) = (new List<CatchUp>(), new List<CatchUp>());
        var warmUp = options.IsQuick ? 0 : WarmUpRounds;
        for (var round = 1 - warmUp; round <= options.Rounds; round++)
        {
            var first = await scenario.MeasureAsync(atOnce: 1);
            var second = await scenario.MeasureAsync(AtOnce);
            if (round < 1)
                continue;
            oneByOne.Add(first);
            together.Add(second);
        }

        await Console.Error.WriteLineAsync($"{options.Rounds} rounds: {oneByOne[^1].Milliseconds:0.0} and {together[^1].Milliseconds:0.0} ms in the last");
        return ToReport(options, oneByOne, together);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var chat in _chats.Where(chat => chat is not null))
            await chat.Peer.DisposeAsync();
        await _reader.DisposeAsync();
    }

    private async Task MeetAsync()
    {
        for (var i = 0; i < _chats.Length; i++)
        {
            var peer = await _crowd.ConnectAsync(i + 1, OnPeerRecord, CancellationToken.None);
            _chats[i] = new(peer, await ChatHubPairs.BecomeAcquaintedAsync(peer, _reader, UserDirectory.UserId(0)));
        }
    }

    private async Task<CatchUp> MeasureAsync(int atOnce)
    {
        var unread = new long[_chats.Length];
        for (var i = 0; i < _chats.Length; i++)
            unread[i] = await SendAsync(_chats[i]);
        Volatile.Write(ref _shown, 0);
        _allShown = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var (cpu, start) = (_crowd.CpuTime, Stopwatch.GetTimestamp());
        await Parallel.ForAsync(0, _chats.Length, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (index, _) =>
            await MarkSeenAsync(_chats[index], unread[index]));
        var answered = Stopwatch.GetElapsedTime(start);
        await _allShown.Task.WaitAsync(Longest);
        var shown = Stopwatch.GetElapsedTime(start);
        cpu = _crowd.CpuTime - cpu;
        await CheckAsync();
        return new(answered.TotalMilliseconds, shown.TotalMilliseconds, cpu.TotalMicroseconds / _chats.Length);
    }

    private static async Task<long> SendAsync(Chat chat)
    {
        var result = await chat.Peer.InvokeAsync(
            nameof(IChatHub.SendMessage), new() { ConversationId = chat.ConversationId, Text = "Hello?", ClientId = ClientIds.New() },
            ContractJson.Default.SendMessageInput, ContractJson.Default.MessageReceived);
        return result.Message.Seq;
    }

    private Task<MessagesSeen> MarkSeenAsync(Chat chat, long seq) => _reader.InvokeAsync(
        nameof(IChatHub.MarkSeen), new() { ConversationId = chat.ConversationId, Seq = seq }, ContractJson.Default.MarkSeenInput, ContractJson.Default.MessagesSeen);

    private async Task CheckAsync()
    {
        var me = await _reader.InvokeAsync(nameof(IChatHub.GetMe), new(), ContractJson.Default.EmptyInput, ContractJson.Default.Me);
        if (me.Badges.UnreadConversations != 0 || me.Badges.UnreadMessages != 0 || Volatile.Read(ref _shown) != _chats.Length)
            throw new BenchmarkException($"{me.Badges.UnreadMessages} messages are unread after all were seen, and {_shown} of {_chats.Length} peers were shown it");
    }

    private ValueTask OnPeerRecord(HubRecord record)
    {
        if (record.Type == HubRecord.Invocation && record.Target.SequenceEqual("MessagesSeen"u8) && Interlocked.Increment(ref _shown) == _chats.Length)
            _allShown.TrySetResult();
        return ValueTask.CompletedTask;
    }

    private static Report ToReport(SendOptions options, List<CatchUp> oneByOne, List<CatchUp> together)
    {
        return new()
        {
            Name = "seen",
            Title = $"A reader catches up in {options.Silent} chats",
            Candidates = ["one call after the other", $"{AtOnce} calls at once"],
            Comparisons = [new(1, 0)],
            Rows =
            [
                Row("until all calls were answered, ms", "0.0", round => round.Milliseconds),
                Row("until all peers were shown it, ms", "0.0", round => round.Shown),
                Row("calls/s", "#,0", round => options.Silent * 1000 / round.Milliseconds),
                Row("server CPU per call, µs", "0", round => round.Cpu),
            ],
            Notes = [$"{options.Rounds} rounds of one message in each chat. After each, nothing is unread, and each peer had one event."],
        };

        Row Row(string measure, string format, Func<CatchUp, double> of) => new("", measure, format, [[.. oneByOne.Select(of)], [.. together.Select(of)]]);
    }
}
