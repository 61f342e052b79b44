using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Server.Conversations;
using ChatHub.Server.Hosting;
using ChatHub.Server.People;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Model.Reference;
using Microsoft.Extensions.DependencyInjection;

namespace ChatHub.Tests.Model;

/// <summary>The real thing beside the model: fresh users, each with a connection that calls and one that only hears.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private Stage(InProcessServer server, Operator theOperator, IReadOnlyList<Actor> actors, bool isDirect) =>
        (Server, Operator, Actors, IsDirect) = (server, theOperator, actors, isDirect);

    public InProcessServer Server { get; }
    public Operator Operator { get; }
    public IReadOnlyList<Actor> Actors { get; }
    public Binding Binding { get; } = new();

    /// <summary>Without sockets: what a call causes is heard when it is answered.</summary>
    public bool IsDirect { get; }

    /// <param name="server">Where.</param>
    /// <param name="theOperator">Who bans and erases.</param>
    /// <param name="users">So many.</param>
    /// <param name="directly">Without sockets; the server must be one for that.</param>
    public static async Task<Stage> SetAsync(InProcessServer server, Operator theOperator, int users, bool directly = false) =>
        new(server, theOperator, await Task.WhenAll(Enumerable.Range(0, users).Select(i => Actor.BringAsync(server, $"user{i}", directly))), directly);

    /// <summary>A model of exactly these users.</summary>
    public async Task<World> ModelAsync(ModelLimits limits)
    {
        var me = await Actors[0].Calls.Hub.GetMe(new());
        return Model(me.Epoch, limits);
    }

    public World Model(string epoch, ModelLimits limits)
    {
        var world = new World(epoch, limits, Server.Services.GetRequiredService<AgeGate>().DelayDays, Milliseconds(Server.Time.GetUtcNow()));
        foreach (var actor in Actors)
            world.Add(actor.Id, actor.Id, actor.DisplayName, new(1990, 5, 17));
        return world;
    }

    /// <summary>Carries out a command; answers what it answered, or its refusal.</summary>
    public async Task<Seen> DoAsync(Command command, IChatHub? by = null)
    {
        try
        {
            by ??= command.Caller is { } caller ? Actors[caller].Calls.Hub : null;
            return new(await command.Real(this, by).SoonAsync(command.Text), null);
        }
        catch (ChatHubException refusal)
        {
            return new(null, refusal);
        }
        catch (ChatHubUnreachableException)
        {
            // The connection was closed under the call: its user is erased, or being so.
            return Seen.Lost;
        }
    }

    /// <summary>A text in which people and things have the names that a reader can tell apart.</summary>
    public string Readable(string text)
    {
        for (var i = 0; i < Actors.Count; i++)
            text = text.Replace(Actors[i].Id, $"user {i}", StringComparison.Ordinal);
        return Binding.Readable(text);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var actor in Actors)
            await actor.DisposeAsync();
    }

    // The contract's instants have milliseconds.
    private static DateTimeOffset Milliseconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}

/// <summary>A user with two connections.</summary>
internal sealed class Actor : IAsyncDisposable
{
    private Actor(string id, string displayName, IDevice calls, IDevice hears) =>
        (Id, DisplayName, Calls, Hears) = (id, displayName, calls, hears);

    /// <summary>The username too.</summary>
    public string Id { get; }
    public string DisplayName { get; }
    public IDevice Calls { get; }
    public IDevice Hears { get; }

    /// <summary>As a host application brings them: without a password, which would take most of a test's time.</summary>
    public static async Task<Actor> BringAsync(InProcessServer server, string name, bool directly)
    {
        var id = Account.UniqueName(name);
        await server.Services.GetRequiredService<DirectoryService>().PutUserAsync(
            id, new() { Username = id, DisplayName = name, BirthDate = "1990-05-17" }, TestTimeouts.Token);
        return new(id, name, await ConnectAsync(), await ConnectAsync());

        async Task<IDevice> ConnectAsync()
        {
            if (directly)
                return await DirectDevice.ConnectAsync(server, id);
            var session = server.Services.GetRequiredService<AccessTokens>().Issue(new() { UserId = id, Username = id, DisplayName = name });
            return await new Account(server.Address, session).ConnectAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Calls.DisposeAsync();
        await Hears.DisposeAsync();
    }
}
