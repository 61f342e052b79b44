using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>Load on one chat: both sides send without a pause until it ends.</summary>
internal sealed class ChatLoad : IAsyncDisposable
{
    private const int MessagesBetweenFaults = 20;

    private readonly string _id;
    private readonly LoadClient[] _clients;
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _sending;

    public ChatLoad(string id, params LoadClient[] clients)
        : this(id, TimeSpan.Zero, TestTimeouts.Limit, clients)
    {
    }

    /// <param name="id">Of the conversation.</param>
    /// <param name="pause">Of each, between two messages.</param>
    /// <param name="limit">How long one message may take.</param>
    /// <param name="clients">Both sides.</param>
    public ChatLoad(string id, TimeSpan pause, TimeSpan limit, params LoadClient[] clients)
    {
        (_id, _clients) = (id, clients);
        _sending = Task.WhenAll(clients.Select(client => client.SendUntilAsync(id, _stop.Task, pause, limit)));
    }

    public string Id => _id;

    /// <summary>How many messages were handed over.</summary>
    public int Said => _clients.Sum(client => client.Said.Count);

    /// <summary>Waits until all have received more messages, so that the next fault hits calls and events in flight.</summary>
    public Task GoOnAsync(int messages = MessagesBetweenFaults) => ReceivedAsync(_clients.Max(client => client.Received(_id).Count) + messages);

    /// <summary>Waits until all have received what was sent by now.</summary>
    public async Task ConvergeAsync()
    {
        var last = await Task.WhenAll(_clients.Select(client => client.LastSent));
        // The request's text is message 1.
        await ReceivedAsync((int)last.Max(answer => answer.Message.Seq) - 1);
    }

    /// <summary>Waits for the last message; then asserts that each side received every message once, in the chat's order and in each sender's own.</summary>
    public async Task EndAsync()
    {
        _stop.TrySetResult();
        await _sending;
        var count = Said;
        await ReceivedAsync(count);

        foreach (var received in _clients.Select(client => client.Received(_id)))
        {
            // The request's text is message 1.
            Assert.Equal(Enumerable.Range(2, count).Select(seq => (long)seq), received.Select(message => message.Seq));
            foreach (var said in _clients.Select(client => client.Said))
                Assert.Equal(said, received.Select(message => message.Text).Where(said.ToHashSet().Contains));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stop.TrySetResult();
        await Task.WhenAny(_sending);
    }

    private Task ReceivedAsync(int count) => Task.WhenAll(_clients.Select(client => client.ReceivedAsync(_id, count)));
}
