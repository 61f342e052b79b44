using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>A server on which people may ask as often as a race needs.</summary>
public sealed class RaceServer : IAsyncLifetime
{
    public ServerProcess Process { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Process = await ServerProcess.StartAsync(("Messaging:RequestsPerDay", "10000"));

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}

/// <summary>Two things at the same instant, hundreds of times: always one valid order of the two.</summary>
public sealed class RaceTests(RaceServer server) : IClassFixture<RaceServer>, IAsyncDisposable
{
    private const int People = 25; // 300 pairs
    private readonly List<VersionRecorder> _crowd = [];
    private int _begun;

    public async ValueTask DisposeAsync()
    {
        foreach (var recorder in _crowd)
            await recorder.DisposeAsync();
    }

    [Fact]
    public Task Accept_and_withdraw_end_in_a_chat_or_in_nothing() => RaceAsync(async (sender, recipient) =>
    {
        var id = (await sender.AskAsync(recipient)).Answer!.Request.RequestId;

        var (accepted, withdrawn) = await AtOnceAsync(
            () => recipient.TryAsync(0, hub => hub.AcceptRequest(new() { RequestId = id })),
            () => sender.TryAsync(0, hub => hub.WithdrawRequest(new() { RequestId = id })));

        Assert.True(accepted.Answer is null != withdrawn.Answer is null, $"accept: {accepted}, withdraw: {withdrawn}");
        Assert.Equal(ErrorCodes.RequestClosed, accepted.Code ?? withdrawn.Code);
        Assert.Equal(
            accepted.Answer is null ? RequestState.Withdrawn : RequestState.Accepted,
            (await sender.Hub.GetRequest(new() { RequestId = id })).State);
        Assert.Equal(
            accepted.Answer is null ? ButtonState.Request : ButtonState.Message,
            (await recipient.Hub.GetProfile(new() { UserId = sender.Id })).MessageButton.State);
        return accepted.Answer is not null;
    });

    [Fact]
    public Task Accept_and_delete_from_two_devices_end_in_a_chat_or_in_a_silent_deletion() => RaceAsync(async (sender, recipient) =>
    {
        var id = (await sender.AskAsync(recipient)).Answer!.Request.RequestId;

        var (accepted, deleted) = await AtOnceAsync(
            () => recipient.TryAsync(0, hub => hub.AcceptRequest(new() { RequestId = id })),
            () => recipient.TryAsync(1, hub => hub.DeleteRequest(new() { RequestId = id })));

        Assert.True(deleted.Answer!.Version > 0);
        Assert.True(accepted.Answer is not null || accepted.Code == ErrorCodes.RequestClosed, $"accept: {accepted}");
        Assert.Equal(
            accepted.Answer is null ? RequestState.Pending : RequestState.Accepted,
            (await sender.Hub.GetRequest(new() { RequestId = id })).State);
        return accepted.Answer is not null;
    });

    [Fact]
    public Task Requests_that_cross_at_the_same_instant_open_one_chat() => RaceAsync(async (one, other) =>
    {
        var (first, second) = await AtOnceAsync(() => one.AskAsync(other), () => other.AskAsync(one));

        var outcomes = new[] { first, second };
        var crossing = Assert.Single(outcomes, outcome => outcome.Answer?.Request.State == RequestState.Accepted).Answer!;
        var older = Assert.Single(outcomes, outcome => outcome.Answer?.Request.State == RequestState.Pending).Answer!;
        Assert.Equal(older.Request.RequestId, crossing.AcceptedRequest!.RequestId);
        Assert.Equal(2, crossing.Conversation!.LastSeq);
        return ReferenceEquals(first.Answer, crossing);
    });

    [Fact]
    public Task Two_devices_that_accept_open_one_chat_and_one_of_them_counts() => RaceAsync(async (sender, recipient) =>
    {
        var id = (await sender.AskAsync(recipient)).Answer!.Request.RequestId;

        var (first, second) = await AtOnceAsync(
            () => recipient.TryAsync(0, hub => hub.AcceptRequest(new() { RequestId = id })),
            () => recipient.TryAsync(1, hub => hub.AcceptRequest(new() { RequestId = id })));

        var outcomes = new[] { first, second };
        Assert.Single(outcomes, outcome => outcome.Answer!.Version > 0);
        Assert.Single(outcomes.Select(outcome => outcome.Answer!.Conversation.ConversationId).Distinct());
        return first.Answer!.Version > 0;
    });

    [Fact]
    public async Task Messages_both_ways_and_seen_marks_at_once_keep_every_count()
    {
        await GatherAsync(2);
        var (alice, bob) = (_crowd[0], _crowd[1]);
        var id = (await alice.AskAsync(bob)).Answer!.Request.RequestId;
        var chat = (await bob.TryAsync(0, hub => hub.AcceptRequest(new() { RequestId = id }))).Answer!.Conversation.ConversationId;

        await Task.WhenAll(((VersionRecorder[])[alice, bob]).SelectMany(who => Enumerable.Range(0, 2).Select(device => Task.Run(
            async () =>
            {
                for (var i = 0; i < 150; i++)
                {
                    var said = await who.TryAsync(device, hub => hub.SendMessage(new() { ConversationId = chat, Text = "x", ClientId = UserActions.NewClientId() }));
                    var seen = await who.TryAsync(device, hub => hub.MarkSeen(new() { ConversationId = chat, Seq = said.Answer!.Message.Seq - (i % 3) }));
                    Assert.NotNull(seen.Answer);
                }
            },
            TestTimeouts.Token))));

        await alice.AssertWholeAsync();
        await bob.AssertWholeAsync();
        Assert.Equal(601, (await alice.Hub.GetConversation(new() { ConversationId = chat })).LastSeq);
    }

    /// <summary>Runs one race for every pair of a crowd, a few at a time; both orders must have been seen.</summary>
    private async Task RaceAsync(Func<VersionRecorder, VersionRecorder, Task<bool>> race)
    {
        await GatherAsync(People);
        var pairs = _crowd.SelectMany((one, i) => _crowd.Skip(i + 1).Select(other => (One: one, Other: other)));
        var firstWon = 0;
        var races = 0;
        await Parallel.ForEachAsync(
            pairs, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestTimeouts.Token }, async (pair, _) =>
            {
                Interlocked.Increment(ref races);
                if (await race(pair.One, pair.Other))
                    Interlocked.Increment(ref firstWon);
            });

        Assert.Equal(People * (People - 1) / 2, races);
        Assert.InRange(firstWon, 1, races - 1);
        foreach (var recorder in _crowd)
            await recorder.AssertWholeAsync();
    }

    /// <summary>Starts both, the second one first every other time: left to chance, one order might never be seen.</summary>
    private async Task<(T First, TOther Second)> AtOnceAsync<T, TOther>(Func<Task<T>> first, Func<Task<TOther>> second)
    {
        var one = Interlocked.Increment(ref _begun) % 2 == 0 ? null : first();
        var other = second();
        one ??= first();
        return (await one, await other);
    }

    private async Task GatherAsync(int people) =>
        _crowd.AddRange(await Task.WhenAll(Enumerable.Range(0, people).Select(_ => VersionRecorder.ConnectAsync(server.Process))));
}
