using System.Text.Json;
using ChatHub.Benchmarks.Wires;
using ChatHub.Contracts;

namespace ChatHub.Benchmarks.ScaleOut;

/// <summary>A client that keeps up with its user's version as the contract says: event by event, and by Sync where one is missing.</summary>
public sealed class Follower : IAsyncDisposable
{
    private HubSocket? _socket;
    private long _version;
    private int _isSyncing;
    private int _syncs;

    public long Version => Volatile.Read(ref _version);

    /// <summary>How often something was missing.</summary>
    public int Syncs => Volatile.Read(ref _syncs);

    public HubSocket Socket => _socket!;

    /// <summary>Called with the text of each event that came live.</summary>
    public Action<string>? MessageReceived { get; set; }

    public async Task ConnectAsync(Crowd crowd, int index, CancellationToken cancellation) =>
        _socket = await crowd.ConnectAsync(index, OnRecord, cancellation);

    /// <summary>Begins again from where the server is.</summary>
    public Task StartAsync() => SyncAsync();

    /// <summary>An answer carries a version as an event does.</summary>
    public void Answered(long version)
    {
        if (!IsNext(version))
            CatchUp(version);
    }

    public ValueTask DisposeAsync() => _socket?.DisposeAsync() ?? default;

    private ValueTask OnRecord(HubRecord record)
    {
        if (record.Type != HubRecord.Invocation || _socket is null)
            return ValueTask.CompletedTask;
        using var arguments = JsonDocument.Parse(record.Payload.ToArray());
        var e = arguments.RootElement[0];
        if (!e.TryGetProperty("version", out var property))
            return ValueTask.CompletedTask;
        var version = property.GetInt64();
        var isNext = !record.Target.SequenceEqual("Position"u8) && IsNext(version);
        if (isNext && record.Target.SequenceEqual("MessageReceived"u8))
            MessageReceived?.Invoke(e.GetProperty("message").GetProperty("text").GetString()!);
        CatchUp(version);
        return ValueTask.CompletedTask;
    }

    private bool IsNext(long version) => Interlocked.CompareExchange(ref _version, version, version - 1) == version - 1;

    private void CatchUp(long version)
    {
        if (version > Version && Interlocked.Exchange(ref _isSyncing, 1) == 0)
            _ = SyncSafelyAsync();
    }

    private async Task SyncSafelyAsync()
    {
        try
        {
            await SyncAsync();
        }
        catch (Exception failure) when (failure is BenchmarkException or TimeoutException or OperationCanceledException)
        {
            // It stays behind, and the run says so.
        }
        finally
        {
            Volatile.Write(ref _isSyncing, 0);
        }
    }

    private async Task SyncAsync()
    {
        Interlocked.Increment(ref _syncs);
        SyncPage page;
        do
        {
            page = await Socket.InvokeAsync(
                nameof(IChatHub.Sync), new SyncInput { After = Version }, ContractJson.Default.SyncInput, ContractJson.Default.SyncPage);
            long before;
            while ((before = Version) < page.Version && Interlocked.CompareExchange(ref _version, page.Version, before) != before)
            {
                // An event came meanwhile.
            }
        }
        while (page.HasMore);
    }
}
