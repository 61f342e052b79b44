using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>The same clientId: once, whatever happens on the way.</summary>
public sealed class IdempotencyTests(SharedServer server)
{
    [Fact]
    public async Task Ten_concurrent_sends_from_five_connections_are_one_message_and_one_push()
    {
        await using var chat = await server.OpenChatAsync();
        var devices = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => chat.Alice.Account.ConnectAsync()));

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => devices[i % 5].SayAsync(chat.Id, "Once", "once")));

        Assert.Single(answers, answer => answer.Version > 0);
        Assert.Single(answers.Select(answer => Wire.Json(answer.Message)).Distinct());
        Assert.Equal("Once", (await chat.Bob.NextAsync<MessageReceived>()).Message.Text);
        await chat.Bob.ReceivedNothingElseAsync();
        await chat.Alice.NextAsync<MessageReceived>();
        await chat.Alice.ReceivedNothingElseAsync();
        Assert.Equal(2, (await chat.Bob.Hub.GetConversation(new() { ConversationId = chat.Id })).LastSeq);
        foreach (var device in devices)
            await device.DisposeAsync();
    }

    [Fact]
    public async Task A_repeated_message_answers_its_present_state()
    {
        await using var chat = await server.OpenChatAsync();
        var first = await chat.Alice.SayAsync(chat.Id, "Hello", "same");
        await chat.Bob.SeeAsync(chat.Id, 2);

        var again = await chat.Alice.SayAsync(chat.Id, " Hello ", "same");

        Assert.Equal(0, again.Version);
        Assert.Equal(Wire.Json(first.Message with { Status = MessageStatus.Seen }), Wire.Json(again.Message));
    }

    [Fact]
    public async Task A_repeated_request_answers_its_present_state()
    {
        await using var alice = await server.ConnectAsync("alice");
        await using var bob = await server.ConnectAsync("bob");
        var first = await alice.RequestAsync(bob, "Hello", "same");
        await bob.AcceptAsync(first.Request.RequestId);

        var again = await alice.RequestAsync(bob, "Hello", "same");

        Assert.Equal((0, RequestState.Accepted), (again.Version, again.Request.State));
        Assert.Equal(first.Request.RequestId, again.Request.RequestId);
    }

    [Fact]
    public async Task Repeated_clientId_with_other_content_is_a_conflict_and_writes_nothing()
    {
        await using var chat = await server.OpenChatAsync();
        await using var other = await server.OpenChatAsync();
        await using var carol = await server.ConnectAsync("carol");
        await chat.Alice.SayAsync(chat.Id, "Hello", "message");
        await chat.Alice.RequestAsync(carol, "Hello", "request");
        var version = await chat.Alice.VersionAsync();

        await Wire.RefusedAsync(ErrorCodes.Conflict, chat.Alice.SayAsync(chat.Id, "Other", "message"));
        await Wire.RefusedAsync(ErrorCodes.Conflict, chat.Alice.SayAsync(other.Id, "Hello", "message"));
        await Wire.RefusedAsync(ErrorCodes.Conflict, chat.Alice.RequestAsync(carol, "Hello", "message"));
        await Wire.RefusedAsync(ErrorCodes.Conflict, chat.Alice.RequestAsync(carol, "Other", "request"));
        await Wire.RefusedAsync(ErrorCodes.Conflict, chat.Alice.RequestAsync(other.Bob, "Hello", "request"));
        await Wire.RefusedAsync(ErrorCodes.Conflict, chat.Alice.SayAsync(chat.Id, "Hello", "request"));

        Assert.Equal(version, await chat.Alice.VersionAsync());
    }

    [Fact]
    public async Task Another_sender_may_use_the_same_id()
    {
        await using var chat = await server.OpenChatAsync();

        await chat.Alice.SayAsync(chat.Id, "Mine", "same");

        Assert.Equal(3, (await chat.Bob.SayAsync(chat.Id, "Also mine", "same")).Message.Seq);
    }

    [Fact]
    public async Task Refused_call_consumes_no_client_id_and_no_allowance()
    {
        await using var alice = await server.ConnectAsync("alice");
        await using var bob = await server.ConnectAsync("bob");
        await alice.RequestAsync(bob, "Hello");
        await Wire.RefusedAsync(ErrorCodes.RequestPending, alice.RequestAsync(bob, "Again", "free"));
        await Wire.RefusedAsync(ErrorCodes.ConversationNotFound, alice.SayAsync("no-such-chat", "Again", "free"));
        await using var carol = await server.ConnectAsync("carol");

        Assert.Equal(RequestState.Pending, (await alice.RequestAsync(carol, "Hello Carol", "free")).Request.State);
    }

    [Fact]
    public async Task Messages_sent_without_waiting_arrive_in_the_order_of_sending()
    {
        await using var chat = await server.OpenChatAsync();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => chat.Alice.SayAsync(chat.Id, $"{i}")));

        for (var i = 0; i < 200; i++)
        {
            var received = await chat.Bob.NextAsync<MessageReceived>();
            Assert.Equal(($"{i}", i + 2), (received.Message.Text, received.Message.Seq));
        }
    }
}
