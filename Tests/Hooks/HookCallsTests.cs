using ChatHub.Server.Embedding;
using ChatHub.Server.People;
using ChatHub.Server.Requests;
using ChatHub.Server.Requests.Hooks;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatHub.Tests.Hooks;

/// <summary>The calls of a host's hooks: bounded in number, in time, and in what they log.</summary>
public sealed class HookCallsTests
{
    private readonly ManualTime _time = new();
    private readonly ListLogger<HookCalls> _log = new();

    [Fact]
    public void A_hook_that_the_host_did_not_register_is_not_there()
    {
        var calls = New(new TestPolicy());
        Assert.True(calls.Has<IContactPolicy>());
        Assert.False(calls.Has<IUserDirectory>());
    }

    [Fact]
    public void Without_hooks_there_is_nothing_to_ask()
    {
        var services = new ServiceCollection().BuildServiceProvider();
        var calls = New(services);
        var unasked = new ContactHooks(calls, new HostDirectory(calls, reader: null!, users: null!, _time)).Unasked;
        Assert.All(Enum.GetValues<ContactDecision>(), decision => Assert.Equal(Hook.None, HookRules.Missing(decision, unasked)));
    }

    [Fact]
    public async Task Failures_are_logged_once_a_minute_however_many_there_are()
    {
        var policy = new TestPolicy();
        policy.Decide("bob", () => throw new InvalidOperationException());
        var calls = New(policy);
        for (var i = 0; i < 3; i++)
            Assert.False((await AskAsync(calls)).IsAnswered);
        Assert.Equal((LogLevel.Warning, 7201), Assert.Single(_log.Entries.Select(entry => (entry.Level, entry.Id))));
        Assert.Contains("IContactPolicy", _log.Entries.Single().Message, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromMinutes(1));
        await AskAsync(calls);
        Assert.Equal(2, _log.Entries.Count);
    }

    [Fact]
    public async Task A_caller_who_disconnects_is_no_failure_of_the_hook()
    {
        var policy = new TestPolicy();
        policy.Decide("bob", () => new TaskCompletionSource<ContactVerdict>().Task);
        using var leaving = new CancellationTokenSource();
        var call = AskUntilAsync(New(policy), leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task At_most_a_thousand_calls_that_never_end_are_kept()
    {
        var policy = new TestPolicy();
        var hangs = new TaskCompletionSource<ContactVerdict>(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var called = 0;
        policy.Decide("bob", () =>
        {
            if (Interlocked.Increment(ref called) == 1_000)
                all.SetResult();
            return hangs.Task;
        });
        var calls = New(policy);
        var waiting = Enumerable.Range(0, 1_100).Select(_ => AskAsync(calls)).ToList();
        await all.Task.SoonAsync();
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.All(await Task.WhenAll(waiting).SoonAsync(), answer => Assert.False(answer.IsAnswered));
        Assert.Equal(1_000, called);

        // Once they end, others are called.
        hangs.SetResult(ContactVerdict.Allow);
        Assert.True((await AskAsync(calls)).IsAnswered);
    }

    private HookCalls New(TestPolicy policy) => New(new ServiceCollection().AddSingleton<IContactPolicy>(policy).BuildServiceProvider());

    private HookCalls New(ServiceProvider services) => new(
        services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<IServiceProviderIsService>(),
        Options.Create(new HookOptions()), _time, _log);

    private static Task<(bool IsAnswered, ContactVerdict Response)> AskAsync(HookCalls calls) => AskUntilAsync(calls, TestTimeouts.Token);

    private static Task<(bool IsAnswered, ContactVerdict Response)> AskUntilAsync(HookCalls calls, CancellationToken cancellation) =>
        calls.TryAsync<IContactPolicy, ContactVerdict>(
            (policy, token) => policy.DecideAsync(new("alice", "bob", null), token), calls.Begin(), cancellation);
}
