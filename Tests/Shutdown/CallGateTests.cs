using ChatHub.Server.Delivery;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Shutdown;

/// <summary>A connection's calls: those that have begun are answered, and no more begin.</summary>
public sealed class CallGateTests
{
    private readonly CallGate _gate = new();

    [Fact]
    public async Task Without_calls_it_shuts_at_once()
    {
        await _gate.ShutAsync().SoonAsync();
        Assert.False(_gate.TryEnter());
    }

    [Fact]
    public async Task It_shuts_when_the_last_call_that_had_begun_is_answered()
    {
        Assert.True(_gate.TryEnter());
        Assert.True(_gate.TryEnter());
        var shut = _gate.ShutAsync();

        Assert.False(_gate.TryEnter());
        _gate.Leave();
        Assert.False(shut.IsCompleted);
        _gate.Leave();
        await shut.SoonAsync();
        await _gate.ShutAsync().SoonAsync();
    }

    [Fact]
    public async Task Calls_that_came_and_went_before_do_not_matter()
    {
        Assert.True(_gate.TryEnter());
        _gate.Leave();
        await _gate.ShutAsync().SoonAsync();
    }
}
