using ChatHub.Server.Delivery;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Shutdown;

/// <summary>A connection's calls: those that have begun are answered, and no more begin.</summary>
public sealed class CallGateTests
{
    private readonly CallGate _gate = new();

    [Fact]
    public async Task Gate_without_open_calls_shuts_at_once()
    {
        await _gate.ShutAsync().SoonAsync();
        Assert.False(_gate.TryEnter());
    }

    [Fact]
    public async Task Gate_shuts_when_the_last_open_call_completes()
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
    public async Task Gate_ignores_completed_calls()
    {
        Assert.True(_gate.TryEnter());
        _gate.Leave();
        await _gate.ShutAsync().SoonAsync();
    }
}
