using System.Net;
using System.Net.WebSockets;
using System.Reflection;
using System.Text.Json;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Authorization;
using Xunit;

namespace ChatHub.Tests.Access;

/// <summary>
/// Who may call which hub method: a method without a row fails. A caller without a valid token (none, an expired one, a
/// removed account's) gets no connection, and so no method.
/// </summary>
public sealed class HubAccessTests(SharedServer server)
{
    private const string Works = "";

    /// <param name="Input">The argument, about bob or what is between alice and bob.</param>
    /// <param name="Others">When the object is between two other people.</param>
    /// <param name="Blocked">When bob has blocked the caller.</param>
    /// <param name="Banned">When the caller is banned.</param>
    private sealed record Row(Func<Things, object> Input, string Others = Works, string Blocked = Works, string Banned = Works);

    private sealed record Things(string UserId, string RequestId, string ConversationId);

    private static readonly Dictionary<string, Row> Rows = new()
    {
        // The caller's own.
        ["GetMe"] = new(_ => new EmptyInput()),
        ["UpdateProfile"] = new(_ => new UpdateProfileInput { Bio = "Sails." }),
        ["UpdateSettings"] = new(_ => new UpdateSettingsInput { ShowPresence = false }),
        ["SearchUsers"] = new(_ => new SearchUsersInput { Query = "bob" }),
        ["ListFollowing"] = new(_ => new PageInput()),
        ["ListFollowers"] = new(_ => new PageInput()),
        ["ListBlocked"] = new(_ => new PageInput()),
        ["ListRequests"] = new(_ => new ListRequestsInput { Direction = RequestDirection.Incoming }),
        ["ListConversations"] = new(_ => new PageInput()),
        ["Sync"] = new(_ => new SyncInput { After = 0 }),

        // About anybody.
        ["GetProfile"] = new(things => new GetProfileInput { UserId = things.UserId }),
        ["Follow"] = new(things => new UserInput { UserId = things.UserId }),
        ["Unfollow"] = new(things => new UserInput { UserId = things.UserId }),
        ["Block"] = new(things => new UserInput { UserId = things.UserId }),
        ["Unblock"] = new(things => new UserInput { UserId = things.UserId }),
        ["AdviseIntro"] = new(things => new AdviseIntroInput { RecipientId = things.UserId, Text = "Hi" }),
        ["SendRequest"] = new(
            things => new SendRequestInput { RecipientId = things.UserId, Text = "Hi", ClientId = "1" },
            Blocked: ErrorCodes.AlreadyConnected, Banned: ErrorCodes.MessagingBanned),
        ["OpenConversation"] = new(
            things => new UserInput { UserId = things.UserId }, Others: ErrorCodes.RequestRequired, Banned: ErrorCodes.MessagingBanned),

        // What is between two.
        ["GetRequest"] = new(things => new RequestInput { RequestId = things.RequestId }, ErrorCodes.RequestNotFound),
        // Accepted before: it answers the present state.
        ["AcceptRequest"] = new(things => new RequestInput { RequestId = things.RequestId }, ErrorCodes.RequestNotFound),
        ["DeleteRequest"] = new(things => new RequestInput { RequestId = things.RequestId }, ErrorCodes.RequestNotFound),
        // What is not the caller's, or not pending, is passed over.
        ["DeleteRequests"] = new(things => new DeleteRequestsInput { RequestIds = [things.RequestId] }),
        ["RestoreRequest"] = new(
            things => new RequestInput { RequestId = things.RequestId },
            ErrorCodes.RequestNotFound, ErrorCodes.RequestNotFound, ErrorCodes.RequestNotFound),
        ["WithdrawRequest"] = new(
            things => new RequestInput { RequestId = things.RequestId },
            ErrorCodes.RequestNotFound, ErrorCodes.RequestNotFound, ErrorCodes.RequestNotFound),
        ["GetConversation"] = new(things => new ConversationInput { ConversationId = things.ConversationId }, ErrorCodes.ConversationNotFound),
        ["GetMessages"] = new(things => new GetMessagesInput { ConversationId = things.ConversationId }, ErrorCodes.ConversationNotFound),
        ["SendMessage"] = new(
            things => new SendMessageInput { ConversationId = things.ConversationId, Text = "Hi", ClientId = "1" },
            ErrorCodes.ConversationNotFound, ErrorCodes.MessagingUnavailable, ErrorCodes.MessagingBanned),
        // Message 1 is the other side's: only its sender may edit or remove it.
        ["EditMessage"] = new(
            things => new EditMessageInput { ConversationId = things.ConversationId, Seq = 1, Text = "Bye" },
            ErrorCodes.ConversationNotFound, ErrorCodes.InvalidArgument, ErrorCodes.InvalidArgument),
        ["RemoveMessage"] = new(
            things => new RemoveMessageInput { ConversationId = things.ConversationId, Seq = 1 },
            ErrorCodes.ConversationNotFound, ErrorCodes.InvalidArgument, ErrorCodes.InvalidArgument),
        ["React"] = new(
            things => new ReactInput { ConversationId = things.ConversationId, Seq = 1, Emoji = "👍" },
            ErrorCodes.ConversationNotFound, ErrorCodes.MessagingUnavailable, ErrorCodes.MessagingBanned),
        ["UpdateConversation"] = new(
            things => new UpdateConversationInput { ConversationId = things.ConversationId, IsPinned = true }, ErrorCodes.ConversationNotFound),
        ["ClearConversation"] = new(
            things => new ClearConversationInput { ConversationId = things.ConversationId, UpToSeq = 1 }, ErrorCodes.ConversationNotFound),
        ["MarkSeen"] = new(things => new MarkSeenInput { ConversationId = things.ConversationId, Seq = 1 }, ErrorCodes.ConversationNotFound),
        ["SetTyping"] = new(things => new ConversationInput { ConversationId = things.ConversationId }, ErrorCodes.ConversationNotFound),
        ["Report"] = new(
            things => new ReportInput { UserId = things.UserId, Reason = ReportReason.Other, ConversationId = things.ConversationId },
            ErrorCodes.ConversationNotFound),
    };

    public static TheoryData<string> Methods() => [.. typeof(IChatHub).GetMethods().Select(method => method.Name)];

    [Fact]
    public void Hub_has_exactly_the_contracts_methods_and_a_policy()
    {
        var hub = typeof(Server.Hubs.ChatHub);
        var own = hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetBaseDefinition() == method);
        Assert.Equal(typeof(IChatHub).GetMethods().Select(method => method.Name).Order(), own.Select(method => method.Name).Order());
        Assert.NotNull(hub.GetCustomAttribute<AuthorizeAttribute>()?.Policy);
        Assert.All(own, method => Assert.Null(method.GetCustomAttribute<AllowAnonymousAttribute>()));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Hub_method_is_authorised_as_its_row_says(string method)
    {
        Assert.True(Rows.TryGetValue(method, out var row), $"{method} has no row in the authorisation table.");

        // Bob asked, alice accepted.
        await using var chat = await server.OpenChatAsync();
        var (bob, alice) = (chat.Alice, chat.Bob);
        await using var stranger = await server.ConnectUserAsync("stranger");
        var things = new Things(bob.Id, chat.RequestId, chat.Id);

        Assert.Equal(row.Others, await CallAsync(stranger, method, row.Input(things)));

        await bob.BlockAsync(alice);
        Assert.Equal(row.Blocked, await CallAsync(alice, method, row.Input(things)));

        await bob.UnblockAsync(alice);
        await server.BanAsync(stranger);
        await using var other = await server.OpenChatAsync();
        await server.BanAsync(other.Bob);
        var own = new Things(other.Alice.Id, other.RequestId, other.Id);
        Assert.Equal(row.Banned, await CallAsync(other.Bob, method, row.Input(own)));
    }

    [Theory]
    [InlineData("anonymous")]
    [InlineData("expired")]
    [InlineData("removed")]
    public async Task Invalid_token_gets_no_connection_over_any_transport(string who)
    {
        var account = await Account.BringAsync(server, "alice");
        if (who == "removed")
            await server.HttpAsync("DELETE", $"/api/directory/users/{account.Id}", Credentials.Service);
        var token = who switch
        {
            "anonymous" => null,
            "expired" => TestTokens.Make(account.Id, DateTimeOffset.UtcNow.AddMinutes(-1)),
            _ => account.Token,
        };
        await Assert.ThrowsAsync<WebSocketException>(() => RawHub.ConnectAsync(server, token ?? ""));
        foreach (var (verb, path) in ((string, string)[])[("POST", "/hubs/chat/negotiate?negotiateVersion=1"), ("GET", "/hubs/chat?id=x"), ("POST", "/hubs/chat?id=x"), ("DELETE", "/hubs/chat?id=x")])
            await server.HttpRefusedAsync(ErrorCodes.Unauthenticated, HttpStatusCode.Unauthorized, verb, path, new(token));
    }

    private async Task<string> CallAsync(Device caller, string method, object input)
    {
        using var raw = await RawHub.ConnectAsync(server, caller.Account.Token);
        var answer = await raw.InvokeAsync(method, JsonSerializer.Serialize(input, ContractJson.Default.Options.GetTypeInfo(input.GetType())));
        return answer.TryGetProperty("error", out var error) ? ChatHubException.FromWire(error.GetString()!).Code : Works;
    }
}
