using System.Globalization;
using System.Net.WebSockets;
using ChatHub.Benchmarks.ScaleOut;
using ChatHub.Benchmarks.Send;
using ChatHub.Benchmarks.Users;
using ChatHub.Benchmarks.Wires;
using ChatHub.Contracts;

namespace ChatHub.Benchmarks.Load;

/// <summary>A user with one chat, whose client knows how far it came, loses its server, and catches up as the contract says.</summary>
public sealed class StormUser(int index) : IAsyncDisposable
{
    private const int LargestPage = 100;
    private const int AttemptsToConnect = 3;

    // What was acknowledged: seq and text.
    private readonly Dictionary<long, string> _sent = [];
    private HubSocket? _socket;
    private string _conversationId = "";
    private string _epoch = "";
    private long _version;
    private long _lastSeq;

    private HubSocket Socket => _socket ?? throw new InvalidOperationException("The user is not connected.");

    public async Task ConnectAsync(Crowd crowd, CancellationToken cancellation)
    {
        // The queue of a listening socket may be full for a moment: a client tries again.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _socket = await crowd.ConnectAsync(index, listener: null, cancellation);
                return;
            }
            catch (WebSocketException) when (attempt < AttemptsToConnect)
            {
                // Again.
            }
        }
    }

    public async Task MeetAsync(StormUser peer, int peerIndex) =>
        _conversationId = peer._conversationId = await ChatHubPairs.BecomeAcquaintedAsync(Socket, peer.Socket, UserDirectory.UserId(peerIndex));

    /// <summary>From here on the client notes nothing that happens: it will have missed it.</summary>
    public async Task NotePositionAsync() => (_epoch, _version) = await PositionAsync();

    /// <summary>Sends so many messages.</summary>
    public async Task SendAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await SendOneAsync();
    }

    /// <summary>Sends until the server is gone.</summary>
    public async Task SendUntilLostAsync()
    {
        try
        {
            while (true)
                await SendOneAsync();
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Not acknowledged: it may be stored or not.
        }
    }

    public async Task LeaveAsync()
    {
        if (_socket is not null)
            await _socket.DisposeAsync();
        _socket = null;
    }

    /// <summary>Sync from the noted position, page by page.</summary>
    public async Task CatchUpAsync()
    {
        SyncPage page;
        do
        {
            page = await Socket.InvokeAsync(
                nameof(IChatHub.Sync), new() { Epoch = _epoch, After = _version, Limit = LargestPage }, ContractJson.Default.SyncInput, ContractJson.Default.SyncPage);
            if (page.Reset)
                throw new BenchmarkException("Sync asked for a reset: the database has another epoch");
            _version = page.Version;
        }
        while (page.HasMore);
    }

    /// <summary>Nothing was lost: each message that the peer's calls acknowledged is read, with its text, and the position is the server's.</summary>
    /// <returns>How many were read.</returns>
    public async Task<int> CheckAsync(StormUser peer)
    {
        var (epoch, version) = await PositionAsync();
        if ((epoch, version) != (_epoch, _version))
            throw new BenchmarkException($"a user is at version {_version} after Sync, and the server at {version}");
        var read = await ReadNewAsync();
        foreach (var (seq, text) in peer._sent)
        {
            if (!read.TryGetValue(seq, out var found) || found != text)
                throw new BenchmarkException($"message {seq} was acknowledged and is lost");
        }

        peer._sent.Clear();
        return read.Count;
    }

    public async ValueTask DisposeAsync() => await LeaveAsync();

    private async Task<Dictionary<long, string>> ReadNewAsync()
    {
        var read = new Dictionary<long, string>();
        MessagePage page;
        do
        {
            page = await Socket.InvokeAsync(
                nameof(IChatHub.GetMessages), new() { ConversationId = _conversationId, After = _lastSeq, Limit = LargestPage }, ContractJson.Default.GetMessagesInput, ContractJson.Default.MessagePage);
            foreach (var message in page.Items)
                read.Add(message.Seq, message.Text);
            _lastSeq = page.Items.Select(message => message.Seq).DefaultIfEmpty(_lastSeq).Max();
        }
        while (page.HasMore);
        return read;
    }

    private async Task SendOneAsync()
    {
        var text = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        var result = await Socket.InvokeAsync(
            nameof(IChatHub.SendMessage), new() { ConversationId = _conversationId, Text = text, ClientId = ClientIds.New() }, ContractJson.Default.SendMessageInput, ContractJson.Default.MessageReceived);
        _sent.Add(result.Message.Seq, text);
    }

    private async Task<(string Epoch, long Version)> PositionAsync()
    {
        var me = await Socket.InvokeAsync(nameof(IChatHub.GetMe), new(), ContractJson.Default.EmptyInput, ContractJson.Default.Me);
        return (me.Epoch, me.Version);
    }
}
