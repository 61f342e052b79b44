using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Server.Conversations;
using ChatHub.Server.People;
using ChatHub.Server.Storage;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Model.Reference;
using Microsoft.Extensions.DependencyInjection;

namespace ChatHub.Tests.Model;

/// <summary>The server beside the model: new users, each with one connection that calls and one that only listens.</summary>
internal sealed class SystemUnderTest : IAsyncDisposable
{
    // So often in a row chance does not break a COMMIT.
    private const int MaxAttempts = 10;

    private SystemUnderTest(InProcessServer server, Operator theOperator, IReadOnlyList<Actor> actors, bool isDirect) =>
        (Server, Operator, Actors, IsDirect) = (server, theOperator, actors, isDirect);

    public InProcessServer Server { get; }
    public Operator Operator { get; }
    public IReadOnlyList<Actor> Actors { get; }
    public Binding Binding { get; } = new();

    public RandomFaults? Faults => Server.Database.Faults;

    /// <summary>Without sockets: a call's events are there when it returns.</summary>
    public bool IsDirect { get; }

    /// <param name="server">Where.</param>
    /// <param name="theOperator">Who bans and erases.</param>
    /// <param name="users">So many.</param>
    /// <param name="directly">Without sockets; the server must be one for that.</param>
    public static async Task<SystemUnderTest> CreateAsync(InProcessServer server, Operator theOperator, int users, bool directly = false) =>
        new(server, theOperator, await Task.WhenAll(Enumerable.Range(0, users).Select(i => Actor.BringAsync(server, $"user{i}", directly))), directly);

    /// <summary>Makes models of exactly these users, as they are now.</summary>
    public async Task<Func<World>> ModelAsync(ModelLimits limits)
    {
        var me = await Actors[0].Caller.Hub.GetMe(new());
        var now = Milliseconds(Server.Time.GetUtcNow());
        return () => Model(me.Epoch, limits, now);
    }

    private World Model(string epoch, ModelLimits limits, DateTimeOffset now)
    {
        var world = new World(epoch, limits, Server.Services.GetRequiredService<AgeGate>().DelayDays, now);
        foreach (var actor in Actors)
            world.Add(actor.Id, actor.Id, actor.DisplayName, new(1990, 5, 17));
        return world;
    }

    /// <summary>Executes a command; returns its result or its refusal.</summary>
    public async Task<CallResult> DoAsync(Command command, IChatHub? by = null)
    {
        try
        {
            by ??= command.Caller is { } caller ? Actors[caller].Caller.Hub : null;
            return new(await command.Real(this, by).SoonAsync(command.Text), null);
        }
        catch (Exception e) when (IsUnknownOutcome(e))
        {
            return CallResult.Unknown;
        }
        catch (ChatHubException refusal)
        {
            return new(null, refusal);
        }
        catch (ChatHubUnreachableException)
        {
            // The connection was closed under the call: its user is erased, or being so.
            return CallResult.Lost;
        }
    }

    /// <summary>Executes a command again and again until its outcome is known, as a caller with an idempotency key does.</summary>
    /// <returns>The last result, and how many attempts before it may have been executed, or not.</returns>
    public async Task<(CallResult Result, int Unknown)> SettleAsync(Command command, IChatHub? by = null)
    {
        for (var unknown = 0; unknown < MaxAttempts; unknown++)
        {
            var result = await DoAsync(command, by);
            if (!result.IsUnknown)
                return (result, unknown);
        }

        throw new InvalidOperationException($"The outcome stayed unknown {MaxAttempts} times: {command}");
    }

    // Of a COMMIT that broke a hub's caller is given internal_error; who calls without a socket, the exception itself.
    private bool IsUnknownOutcome(Exception e) =>
        Faults is { BreakCommits: true } && e is UnknownOutcomeException or ChatHubException { Code: ErrorCodes.InternalError };

    /// <summary>A text with the model's names in place of random ids.</summary>
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
    private Actor(string id, string displayName, IDevice caller, IDevice listener) =>
        (Id, DisplayName, Caller, Listener) = (id, displayName, caller, listener);

    /// <summary>The username too.</summary>
    public string Id { get; }
    public string DisplayName { get; }
    public IDevice Caller { get; }
    public IDevice Listener { get; }

    /// <summary>As a host application brings them: without a password, which would take most of a test's time.</summary>
    public static async Task<Actor> BringAsync(InProcessServer server, string name, bool directly)
    {
        var id = Account.UniqueName(name);
        await PutAsync();
        return new(id, name, await ConnectAsync(), await ConnectAsync());

        async Task PutAsync()
        {
            try
            {
                await server.Services.GetRequiredService<DirectoryService>().PutUserAsync(
                    id, new() { Username = id, DisplayName = name, BirthDate = "1990-05-17" }, TestTimeouts.Token);
            }
            catch (UnknownOutcomeException)
            {
                // Beside others that race already. Once more is no other user.
                await PutAsync();
            }
        }

        async Task<IDevice> ConnectAsync()
        {
            if (directly)
                return await DirectDevice.ConnectAsync(server, id);
            return await new Account(server.Address, new()
            {
                User = new() { UserId = id, Username = id, DisplayName = name },
                AccessToken = TestTokens.Make(id, Account.FarAway),
                ExpiresAt = Account.FarAway,
            }).ConnectAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Caller.DisposeAsync();
        await Listener.DisposeAsync();
    }
}
