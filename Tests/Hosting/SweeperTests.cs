using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary>A step of the housekeeping that fails each time keeps no other one from its work.</summary>
public sealed class SweeperTests : IAsyncLifetime
{
    // As many as are expired at once: were each of them to end its worker, no worker would be left.
    private const int Unremovable = 8;

    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(20);

    private readonly OutputLog _log = new();
    private InProcessServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await InProcessServer.StartAsync(
        services => services.AddSingleton<ILoggerProvider>(new OutputLogProvider(_log)), ("Retention:MessagesDays", "1"));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Step_that_fails_is_named_and_the_steps_after_it_do_their_work()
    {
        await using var chat = await _server.OpenChatAsync();
        await _server.Database.ExecuteAsync("DROP TABLE moderation_audit");

        await ThreeDaysAsync();

        Assert.Equal(1, (await chat.Alice.NextAsync<ConversationChanged>()).Conversation.ClearedSeq);
        Assert.Contains("audit", await _log.FindAsync("[1002]").SoonAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_whose_messages_cannot_be_removed_keeps_no_other_chat_from_expiring()
    {
        var chats = new List<Chat>();
        for (var i = 0; i < Unremovable; i++)
            chats.Add(await _server.OpenChatAsync());
        await _server.Database.ExecuteAsync(
            """
            CREATE TABLE kept (conversation_key BIGINT NOT NULL, seq BIGINT NOT NULL, FOREIGN KEY (conversation_key, seq) REFERENCES messages (conversation_key, seq));
            INSERT INTO kept (conversation_key, seq) SELECT conversation_key, seq FROM messages
            """);
        await using var last = await _server.OpenChatAsync();

        await ThreeDaysAsync();

        Assert.Equal(1, (await last.Alice.NextAsync<ConversationChanged>()).Conversation.ClearedSeq);
        Assert.Contains("messages", await _log.FindAsync("[1002]").SoonAsync(), StringComparison.Ordinal);
        foreach (var chat in chats)
            await chat.DisposeAsync();
    }

    private async Task ThreeDaysAsync()
    {
        await _server.Time.TimerSetAsync(Sweep).SoonAsync();
        _server.Time.Advance(TimeSpan.FromDays(3));
    }
}
