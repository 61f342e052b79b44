using System.Text.Json.Nodes;
using ChatHub.Client;
using ChatHub.Client.Transport;
using ChatHub.Client.Updates;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Client.Updates;

/// <summary>Plays a script: the server, the connection and the clock of one update loop. The steps are described beside the scripts.</summary>
internal sealed class ScriptRun : IAsyncDisposable
{
    private static readonly Dictionary<string, Type> Events = new[]
    {
        typeof(RequestReceived), typeof(RequestChanged), typeof(RequestAccepted), typeof(RequestRemoved), typeof(RequestsRemoved), typeof(RequestRestored), typeof(MessageReceived),
        typeof(MessageChanged), typeof(MessagesSeen), typeof(ConversationChanged), typeof(BlockChanged), typeof(MeChanged),
    }.ToDictionary(type => type.Name);

    private readonly CancellationTokenSource _stopping = new();
    private readonly JsonObject _script;
    private readonly ScriptShapes _shapes;
    private readonly ScriptHub _hub;
    private readonly SignalQueue _signals = new();
    private readonly ManualTime _time = new();
    private readonly UpdateLoop _loop;
    private readonly Task _running;
    private readonly Queue<string> _early = new(); // updates that were read before their step
    private int _marks;
    private bool _isCallFailed;

    public ScriptRun(JsonObject script, ScriptShapes shapes)
    {
        (_script, _shapes, _hub) = (script, shapes, new(_stopping.Token));
        var connection = new ConnectionMonitor(reconnects: true);
        connection.Set(ConnectionState.Connected);
        var caller = new RetryingCaller(_ => _hub, connection, new Backoff(TimeSpan.Zero, TimeSpan.Zero), _time);
        _loop = new UpdateLoop(caller, _signals, (bool?)script["replayUnseen"] ?? false, _time);
        _running = _loop.RunAsync(_stopping.Token);
    }

    public async Task StartAsync()
    {
        var start = _script["start"]!.AsObject();
        var version = (long)start["version"]!;
        var lists = new JsonObject
        {
            ["me"] = new JsonObject { ["version"] = version },
            ["conversations"] = start["conversations"]?.DeepClone(),
            ["requests"] = start["requests"]?.DeepClone(),
        };
        await LoadAsync(lists, new(_script["startCalls"]?.AsArray() ?? []));
        await PlayAsync(new()
        {
            ["call"] = "Sync",
            ["input"] = new JsonObject { ["epoch"] = "e", ["after"] = version, ["limit"] = 100 },
            ["answer"] = new JsonObject { ["version"] = version },
        });
        if (_script["startUpdates"] is { } updates)
            await ExpectAsync(updates.AsArray());
        else
            while (await NextUpdateAsync() != "ready") ;
    }

    public Task PlayAsync(JsonObject step) => step.First().Key switch
    {
        "event" => Post(new Signal.Change((IVersioned)_shapes.Read(Events[(string)step["event"]!], step["content"]))),
        "position" => Post(new Signal.PositionReceived(_shapes.Read<Position>(step["position"]))),
        "connected" => Post(new Signal.Connected()),
        "call" => AnswerAsync(step),
        "load" => LoadAsync(step["load"]!.AsObject(), new()),
        "time" => AdvanceAsync((double)step["time"]!, step.TryGetPropertyValue("of", out var of) ? (double?)of : (double)step["time"]!),
        "updates" => ExpectAsync(step["updates"]!.AsArray()),
        "nothingElse" => NothingElseAsync(),
        var unknown => throw new InvalidOperationException($"No step is called {unknown}."),
    };

    public async Task NothingElseAsync()
    {
        await ProcessedAsync();
        Assert.Empty(_early);
        Assert.False(_hub.Calls.TryPeek(out var call), call?.Method);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.SoonAsync();
        _stopping.Dispose();
    }

    private Task Post(Signal signal)
    {
        _signals.Post(signal);
        return Task.CompletedTask;
    }

    private async Task AdvanceAsync(double milliseconds, double? of)
    {
        // A signal that is still to come may put off the timer that an earlier one has set. None is processed while a call waits to be repeated.
        if (!_isCallFailed)
            await ProcessedAsync();
        if (of is { } awaited)
            await _time.TimerSetAsync(TimeSpan.FromMilliseconds(awaited)).SoonAsync();
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
    }

    private async Task AnswerAsync(JsonObject step)
    {
        var call = await NextCallAsync();
        _isCallFailed = step["error"] is not null;
        Assert.Equal((string)step["call"]!, call.Method);
        Assert.Equal(Sorted(step["input"]!), Sorted(call.Input));
        if (step["lost"] is not null)
            call.Answer.SetException(new ChatHubUnreachableException("The connection broke."));
        else if (step["error"] is { } error)
            call.Answer.SetException(ChatHubException.FromWire((string)error!));
        else
            call.Answer.SetResult(_shapes.Read(call.Result, step["answer"], call.Method == "Sync" ? "syncPage" : null));
    }

    /// <summary>Answers the reads of lists in whatever order they come, until Sync.</summary>
    private async Task LoadAsync(JsonObject lists, Queue<JsonNode?> besides)
    {
        while (true)
        {
            await _hub.Calls.WaitToReadAsync(TestTimeouts.Token).AsTask().SoonAsync();
            _hub.Calls.TryPeek(out var call);
            switch (call!.Method)
            {
                case "Sync":
                    return;
                case "GetMe":
                    (await NextCallAsync()).Answer.SetResult(_shapes.Read<Me>(lists["me"], "me"));
                    break;
                case "ListConversations":
                    var archived = (bool?)call.Input["archived"] ?? false;
                    var chats = Items<Conversation>(lists["conversations"], "conversation").Where(chat => chat.IsArchived == archived);
                    (await NextCallAsync()).Answer.SetResult(new Page<Conversation> { Items = [.. chats] });
                    break;
                case "ListRequests":
                    var direction = (string)call.Input["direction"]!;
                    var folder = (string?)call.Input["folder"] ?? "main";
                    var requests = Items<Request>(lists["requests"], "request").Where(request => Wire(request.Direction) == direction && Wire(request.Folder ?? RequestFolder.Main) == folder);
                    (await NextCallAsync()).Answer.SetResult(new Page<Request> { Items = [.. requests] });
                    break;
                default:
                    await PlayAsync(besides.Dequeue()!.AsObject());
                    break;
            }
        }
    }

    private IEnumerable<T> Items<T>(JsonNode? items, string shape) => (items?.AsArray() ?? []).Select(item => _shapes.Read<T>(item, shape));

    private async Task ExpectAsync(JsonArray updates)
    {
        foreach (var expected in updates)
            Assert.Equal((string)expected!, await NextUpdateAsync());
    }

    private async Task<ScriptCall> NextCallAsync() => await _hub.Calls.ReadAsync(TestTimeouts.Token).AsTask().SoonAsync();

    /// <summary>Done when all signals so far are processed, which is in order: what they give comes before this mark.</summary>
    private async Task ProcessedAsync()
    {
        var mark = $"mark {_marks++}";
        await Post(new Signal.Transient(new TypingUpdate(mark, "")));
        for (var update = await ReadUpdateAsync(); update != $"typing {mark}"; update = await ReadUpdateAsync())
            _early.Enqueue(update);
    }

    private async Task<string> NextUpdateAsync() => _early.TryDequeue(out var update) ? update : await ReadUpdateAsync();

    private async Task<string> ReadUpdateAsync() => Describe(await _loop.Updates.ReadAsync(TestTimeouts.Token).AsTask().SoonAsync());

    private static string Sorted(JsonNode input) => string.Join(", ", input.AsObject().OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => $"{property.Key}: {property.Value}"));

    private static string Wire<T>(T value)
        where T : struct, Enum => $"{char.ToLowerInvariant($"{value}"[0])}{$"{value}"[1..]}";

    private static string Describe(Update update) => update switch
    {
        InboxCleared => "cleared",
        InboxReady => "ready",
        MeUpdate { Me: var me } => $"me {me.User.Username}",
        BadgesUpdate { Badges: var badges } => $"badges {badges.PendingRequests} {badges.UnreadConversations} {badges.UnreadMessages}",
        ConversationUpdate { Conversation: var chat } =>
            $"conversation {chat.ConversationId}: {Wire(chat.State)}, last {chat.LastSeq}, unread {chat.UnreadCount}, seen {chat.SeenSeq}, by peer {chat.PeerSeenSeq}",
        RequestUpdate { Request: var request } => $"request {request.RequestId}: {Wire(request.Direction)}, {Wire(request.State)}",
        RequestRemovedUpdate { RequestId: var id } => $"requestRemoved {id}",
        MessageUpdate { Message: var message, UnreadCount: var unread } =>
            $"message {message.ConversationId} {message.Seq} {message.Text}{(unread is null ? "" : $", unread {unread}")}",
        MessageChangedUpdate { Message: var message } => $"messageChanged {message.ConversationId} {message.Seq} {message.Text}, change {message.Change}",
        SeenUpdate e => $"seen {e.ConversationId} by {e.SeenBy} up to {e.Seq}, unread {e.UnreadCount}",
        BlockUpdate e => $"block {e.UserId} {(e.YouBlocked ? "true" : "false")}",
        TypingUpdate e => $"typing {e.ConversationId}",
        _ => $"{update}",
    };
}
