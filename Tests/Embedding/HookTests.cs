using System.Collections.Concurrent;
using ChatHub.Contracts;
using ChatHub.Server.Embedding;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Embedding;

/// <summary>Hooks that the host registers as scoped services of its own: each call gets a scope of the host.</summary>
public sealed class HookTests
{
    [Fact]
    public async Task Hosts_directory_brings_users_and_its_policy_refuses_contacts_each_in_a_scope_of_the_host()
    {
        var members = new Members();
        await using var platform = await Platform.StartAsync(add: services => services.AddSingleton(members).AddScoped<Unit>()
            .AddScoped<IUserDirectory, Directory>().AddScoped<IContactPolicy, Policy>());
        foreach (var id in (string[])["ada", "bob", "suspended"])
            members.Known.TryAdd(id, new(id, id, $"The {id}"));
        var (ada, suspended) = (await PassAsync("ada"), await PassAsync("suspended"));

        // Neither was brought over HTTP.
        await using var writer = await ada.ConnectAsync();
        Assert.Equal("The ada", (await writer.Hub.GetMe(new())).User.DisplayName);
        Assert.Equal(RequestState.Pending, (await writer.Hub.SendRequest(new() { RecipientId = "bob", Text = "Hello?", ClientId = "1" })).Request.State);
        await using var refused = await suspended.ConnectAsync();
        var refusal = await Assert.ThrowsAsync<ChatHubException>(() => refused.Hub.SendRequest(new() { RecipientId = "bob", Text = "Hello?", ClientId = "1" }));
        Assert.Equal(ErrorCodes.MessagingUnavailable, refusal.Code);
        // Each scope of the host was a new one, and is disposed.
        Assert.InRange(members.Units.Count, 3, int.MaxValue);
        Assert.All(members.Units, unit => Assert.True(unit.IsDisposed));

        async Task<Member> PassAsync(string id) => new(platform, id, await platform.SignInAsync(id));
    }

    private sealed class Members
    {
        public ConcurrentDictionary<string, HostUser> Known { get; } = [];
        public ConcurrentBag<Unit> Units { get; } = [];
    }

    /// <summary>What belongs to one scope, as a database context does.</summary>
    private sealed class Unit : IDisposable
    {
        public Unit(Members members) => members.Units.Add(this);

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Directory(Members members, Unit unit) : IUserDirectory
    {
        public Task<IReadOnlyCollection<HostUser>> FindAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellation)
        {
            ObjectDisposedException.ThrowIf(unit.IsDisposed, unit);
            return Task.FromResult<IReadOnlyCollection<HostUser>>([.. userIds.Where(members.Known.ContainsKey).Select(id => members.Known[id])]);
        }
    }

    private sealed class Policy(Unit unit) : IContactPolicy
    {
        public Task<ContactVerdict> DecideAsync(ContactQuestion question, CancellationToken cancellation)
        {
            ObjectDisposedException.ThrowIf(unit.IsDisposed, unit);
            return Task.FromResult(question.SenderId == "suspended" ? ContactVerdict.Refuse : ContactVerdict.Allow);
        }
    }
}
