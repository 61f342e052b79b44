using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>Two talkers in one chat, both talking all the time.</summary>
internal sealed class ChatLoad : IAsyncDisposable
{
    private const int MessagesBetweenFaults = 20;

    private readonly string _id;
    private readonly LoadClient[] _talkers;
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _talking;

    public ChatLoad(string id, params LoadClient[] talkers)
        : this(id, TimeSpan.Zero, talkers)
    {
    }

    /// <param name="id">Of the conversation.</param>
    /// <param name="pause">Of each, between two messages.</param>
    /// <param name="talkers">Both sides.</param>
    public ChatLoad(string id, TimeSpan pause, params LoadClient[] talkers)
    {
        (_id, _talkers) = (id, talkers);
        _talking = Task.WhenAll(talkers.Select(talker => talker.SendUntilAsync(id, _stop.Task, pause)));
    }

    public string Id => _id;

    /// <summary>How many messages were handed over.</summary>
    public int Said => _talkers.Sum(talker => talker.Said.Count);

    /// <summary>Waits until all have heard some more: the fault that comes next meets calls and events in flight.</summary>
    public Task GoOnAsync() => ReceivedAsync(_talkers.Max(talker => talker.Received(_id).Count) + MessagesBetweenFaults);

    /// <summary>Waits until all have heard what has been said by now, however much comes meanwhile.</summary>
    public async Task ConvergeAsync()
    {
        var last = await Task.WhenAll(_talkers.Select(talker => talker.LastSent));
        // The request's text is message 1.
        await ReceivedAsync((int)last.Max(answer => answer.Message.Seq) - 1);
    }

    /// <summary>What was said last arrives; then everybody has heard everything once, in the chat's order and in each talker's own.</summary>
    public async Task EndAsync()
    {
        _stop.TrySetResult();
        await _talking;
        var count = Said;
        await ReceivedAsync(count);

        foreach (var told in _talkers.Select(talker => talker.Received(_id)))
        {
            // The request's text is message 1.
            Assert.Equal(Enumerable.Range(2, count).Select(seq => (long)seq), told.Select(message => message.Seq));
            foreach (var said in _talkers.Select(talker => talker.Said))
                Assert.Equal(said, told.Select(message => message.Text).Where(said.ToHashSet().Contains));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stop.TrySetResult();
        await Task.WhenAny(_talking);
    }

    private Task ReceivedAsync(int count) => Task.WhenAll(_talkers.Select(talker => talker.ReceivedAsync(_id, count)));
}
