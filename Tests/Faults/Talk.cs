using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>Two talkers in one chat, both talking all the time.</summary>
internal sealed class Talk : IAsyncDisposable
{
    private const int MessagesBetweenFaults = 20;

    private readonly string _id;
    private readonly Talker[] _talkers;
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _talking;

    public Talk(string id, params Talker[] talkers)
        : this(id, TimeSpan.Zero, TestTimeouts.Limit, talkers)
    {
    }

    /// <param name="id">Of the conversation.</param>
    /// <param name="pause">Of each, between two messages.</param>
    /// <param name="limit">How long one message may take.</param>
    /// <param name="talkers">Both sides.</param>
    public Talk(string id, TimeSpan pause, TimeSpan limit, params Talker[] talkers)
    {
        (_id, _talkers) = (id, talkers);
        _talking = Task.WhenAll(talkers.Select(talker => talker.TalkAsync(id, _stop.Task, pause, limit)));
    }

    public string Id => _id;

    /// <summary>How many messages were handed over.</summary>
    public int Said => _talkers.Sum(talker => talker.Said.Count);

    /// <summary>Waits until all have heard some more: the fault that comes next meets calls and events in flight.</summary>
    public Task GoOnAsync(int messages = MessagesBetweenFaults) => ToldAsync(_talkers.Max(talker => talker.Told(_id).Count) + messages);

    /// <summary>Waits until all have heard what has been said by now, however much comes meanwhile.</summary>
    public async Task ConvergeAsync()
    {
        var last = await Task.WhenAll(_talkers.Select(talker => talker.LastSent));
        // The request's text is message 1.
        await ToldAsync((int)last.Max(answer => answer.Message.Seq) - 1);
    }

    /// <summary>What was said last arrives; then everybody has heard everything once, in the chat's order and in each talker's own.</summary>
    public async Task EndAsync()
    {
        _stop.TrySetResult();
        await _talking;
        var count = Said;
        await ToldAsync(count);

        foreach (var told in _talkers.Select(talker => talker.Told(_id)))
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

    private Task ToldAsync(int count) => Task.WhenAll(_talkers.Select(talker => talker.ToldAsync(_id, count)));
}
