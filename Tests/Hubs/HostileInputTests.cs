using System.Text.Json;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;
using static ChatHub.Tests.Hubs.HostileMethod;

namespace ChatHub.Tests.Hubs;

/// <summary>A server with an open chat, an open request, and a user who takes part in neither.</summary>
public sealed class HostileScene : IAsyncLifetime
{
    public ServerProcess Server { get; private set; } = null!;
    public Chat Chat { get; private set; } = null!;
    public Device Mallory { get; private set; } = null!;

    /// <summary>Mallory's, to alice: open.</summary>
    public string PendingId { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Server = await ServerProcess.StartAsync();
        Chat = await Server.OpenChatAsync();
        Mallory = await Server.ConnectAsync("mallory");
        PendingId = (await Mallory.RequestAsync(Chat.Alice)).Request.RequestId;
    }

    public async ValueTask DisposeAsync()
    {
        await Mallory.DisposeAsync();
        await Chat.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <summary>Every method, with arguments that alice could well use.</summary>
    public IEnumerable<HostileMethod> Methods()
    {
        var bob = $"\"{Chat.Bob.Id}\"";
        var chat = Id("conversationId", $"\"{Chat.Id}\"", ErrorCodes.ConversationNotFound);
        var request = Id("requestId", $"\"{PendingId}\"", ErrorCodes.RequestNotFound);
        var user = Id("userId", bob, ErrorCodes.UserNotFound);
        yield return new("UpdateProfile", Text("displayName", 50, missing: null), Text("bio", 160, missing: null, min: 0));
        yield return new("UpdateSettings", Choice("messagingPolicy", "\"everyone\"", optional: true));
        yield return new("SearchUsers", [Text("query", 50), .. Page()]);
        yield return new("GetProfile", Id("userId", bob, ErrorCodes.UserNotFound));
        yield return new("GetProfile", Id("username", $"\"{Chat.Bob.Account.Username}\"", ErrorCodes.UserNotFound));
        foreach (var method in (string[])["Follow", "Unfollow", "Block", "Unblock", "OpenConversation"])
            yield return new(method, user);
        foreach (var method in (string[])["ListFollowing", "ListFollowers", "ListBlocked"])
            yield return new(method, Page());
        yield return new("ListConversations", [Flag("archived", "false"), .. Page()]);
        yield return new("AdviseIntro", Id("recipientId", bob, ErrorCodes.UserNotFound), Text("text", 4_000, min: 0));
        yield return new("SendRequest", Id("recipientId", bob, ErrorCodes.UserNotFound), Text("text", 500), ClientId());
        yield return new("ListRequests", [Choice("direction", "\"incoming\"", optional: false), Choice("state", "\"pending\"", optional: true), .. Page()]);
        foreach (var method in (string[])["GetRequest", "AcceptRequest", "DeleteRequest", "RestoreRequest"])
            yield return new(method, request);
        yield return new("DeleteRequests", Ids("requestIds", PendingId));
        yield return new("DeleteRequests", Choice("folder", "\"main\"", optional: false), Id("upToRequestId", $"\"{PendingId}\"", ErrorCodes.RequestNotFound));
        yield return new("WithdrawRequest", Id("requestId", $"\"{Chat.RequestId}\"", ErrorCodes.RequestNotFound));
        yield return new("GetConversation", chat);
        yield return new("SetTyping", chat);
        yield return new("GetMessages", [chat, Number("after", "0", optional: true), Page()[0]]);
        yield return new("GetMessages", [chat, Number("before", "5", optional: true, "0"), Page()[0]]);
        yield return new("GetMessages", [chat, Number("changedAfter", "0", optional: true), Page()[0]]);
        yield return new("SendMessage", chat, Text("text", 4_000), ClientId(), Number("replyToSeq", "1", optional: true, "0", "2", "9223372036854775807"));
        var own = Number("seq", "1", optional: false, "0", "2", "9223372036854775807");
        yield return new("EditMessage", chat, own, Text("text", 4_000));
        yield return new("RemoveMessage", chat, own);
        yield return new("React", chat, own, Emoji());
        yield return new(
            "UpdateConversation", chat, Choice("sendSeenReceipts", "\"default\"", optional: true), Instant("mutedUntil"), Flag("isArchived", "false"), Flag("isPinned", "false"));
        yield return new("ClearConversation", chat, Number("upToSeq", "0", optional: false, "2", "9223372036854775807"));
        yield return new("MarkSeen", chat, Number("seq", "1", optional: false, "2", "9223372036854775807"));
        yield return new("Report", user, Choice("reason", "\"spam\"", optional: false));
        yield return new("Sync", Number("after", "0", optional: false), Page()[0], new("epoch", "null", null, ("7", ErrorCodes.InvalidArgument)));
    }
}

/// <summary>Input of every bad kind gets the contract's error; the connection survives; nothing is written.</summary>
public sealed class HostileInputTests(HostileScene scene) : IClassFixture<HostileScene>, IAsyncLifetime
{
    private RawHub _hub = null!;
    private string _before = "";

    public async ValueTask InitializeAsync()
    {
        _hub = await RawHub.ConnectAsync(scene.Server, scene.Chat.Alice.Account.Token);
        _before = await scene.Server.Database.ContentAsync();
    }

    public ValueTask DisposeAsync()
    {
        _hub.Dispose();
        return default;
    }

    public static TheoryData<string> MethodNames() => [.. typeof(IChatHub).GetMethods().Select(method => method.Name).Where(name => name != "GetMe")];

    [Theory]
    [MemberData(nameof(MethodNames))]
    public async Task Every_bad_argument_of_a_method_is_refused_with_its_code(string name)
    {
        var methods = scene.Methods().Where(method => method.Name == name).ToList();
        Assert.NotEmpty(methods);

        foreach (var (arguments, code) in methods.SelectMany(method => method.Bad()))
            Assert.True(code == await CodeAsync(name, arguments), $"{name}({Short(arguments)}): {code} expected, and it was {await CodeAsync(name, arguments)}");

        await UnharmedAsync();
    }

    [Fact]
    public async Task Ids_of_other_users_are_not_found()
    {
        using var mallory = await RawHub.ConnectAsync(scene.Server, scene.Mallory.Account.Token);
        var chat = $$"""{"conversationId":"{{scene.Chat.Id}}","text":"x","clientId":"x","seq":1,"upToSeq":1}""";
        var request = $$"""{"requestId":"{{scene.Chat.RequestId}}"}""";

        foreach (var method in (string[])["GetConversation", "GetMessages", "SendMessage", "EditMessage", "RemoveMessage", "React", "UpdateConversation", "ClearConversation", "MarkSeen", "SetTyping"])
            Assert.Equal(ErrorCodes.ConversationNotFound, Code(await mallory.InvokeAsync(method, chat)));
        foreach (var method in (string[])["GetRequest", "AcceptRequest", "DeleteRequest", "RestoreRequest", "WithdrawRequest"])
            Assert.Equal(ErrorCodes.RequestNotFound, Code(await mallory.InvokeAsync(method, request)));
        await UnharmedAsync();
    }

    [Fact]
    public async Task Sender_cannot_accept_or_delete_and_recipient_cannot_withdraw()
    {
        using var mallory = await RawHub.ConnectAsync(scene.Server, scene.Mallory.Account.Token);
        var request = $$"""{"requestId":"{{scene.PendingId}}"}""";

        foreach (var method in (string[])["AcceptRequest", "DeleteRequest", "RestoreRequest"])
            Assert.Equal(ErrorCodes.RequestNotFound, Code(await mallory.InvokeAsync(method, request)));
        Assert.Equal(ErrorCodes.RequestNotFound, Code(await _hub.InvokeAsync("WithdrawRequest", request)));
        await UnharmedAsync();
    }

    [Theory]
    [InlineData("NoSuchMethod")]
    [InlineData("")]
    [InlineData("OnConnectedAsync")]
    [InlineData("OnDisconnectedAsync")]
    [InlineData("Dispose")]
    [InlineData("ToString")]
    public async Task Unknown_method_is_an_error_and_the_connection_stays(string method)
    {
        Assert.True((await _hub.InvokeAsync(method, "{}")).TryGetProperty("error", out _));
        await UnharmedAsync();
    }

    [Fact]
    public async Task Unknown_properties_are_ignored()
    {
        var answer = await _hub.InvokeAsync(
            "GetConversation", $$"""{"conversationId":"{{scene.Chat.Id}}","admin":true,"userId":{"deep":[1,2,{}]},"__proto__":null}""");

        Assert.Equal(scene.Chat.Id, answer.GetProperty("result").GetProperty("conversationId").GetString());
    }

    [Fact]
    public async Task The_largest_message_in_its_longest_form_fits_into_a_frame()
    {
        await using var chat = await scene.Server.OpenChatAsync();
        using var hub = await RawHub.ConnectAsync(scene.Server, chat.Alice.Account.Token);
        var text = string.Concat(Enumerable.Repeat(@"\ud83d\udca5", 4_000));

        var answer = await hub.InvokeAsync("SendMessage", $$"""{"conversationId":"{{chat.Id}}","text":"{{text}}","clientId":"x"}""");

        Assert.Equal(8_000, answer.GetProperty("result").GetProperty("message").GetProperty("text").GetString()!.Length);
    }

    [Fact]
    public async Task A_message_of_64_KiB_is_taken()
    {
        await _hub.SendAsync(MessageOf(Limits.HubMessageBytes));

        while (await _hub.ReceiveAsync() is { } message)
        {
            if (message.GetProperty("type").GetInt32() != 3)
                continue;
            Assert.True(message.TryGetProperty("result", out _));
            return;
        }

        Assert.Fail("The connection was closed.");
    }

    [Fact]
    public async Task A_frame_beyond_64_KiB_ends_its_connection_and_nothing_else()
    {
        await _hub.SendAsync(MessageOf(Limits.HubMessageBytes + Limits.HubFramingBytes));

        while (await _hub.ReceiveAsync() is { } message)
            Assert.NotEqual(3, message.GetProperty("type").GetInt32());
        using var again = await RawHub.ConnectAsync(scene.Server, scene.Chat.Alice.Account.Token);
        Assert.True((await again.InvokeAsync("GetMe", "{}")).TryGetProperty("result", out _));
        Assert.Equal(_before, await scene.Server.Database.ContentAsync());
    }

    /// <summary>A call of so many bytes, without what ends it.</summary>
    private static string MessageOf(int bytes)
    {
        const string before = "{\"type\":1,\"invocationId\":\"1\",\"target\":\"GetMe\",\"arguments\":[{\"x\":\"";
        const string after = "\"}]}";
        return before + new string('x', bytes - before.Length - after.Length) + after;
    }

    /// <summary>The connection still answers, and not one row has changed.</summary>
    private async Task UnharmedAsync()
    {
        var me = await _hub.InvokeAsync("GetMe", "{}");
        Assert.Equal(scene.Chat.Alice.Id, me.GetProperty("result").GetProperty("user").GetProperty("userId").GetString());
        Assert.Equal(_before, await scene.Server.Database.ContentAsync());
    }

    private async Task<string> CodeAsync(string method, string arguments) => Code(await _hub.InvokeAsync(method, arguments));

    private static string Code(JsonElement completion) => completion.TryGetProperty("error", out var error)
        ? ChatHubException.FromWire(error.GetString()!).Code
        : $"no error: {completion}";

    private static string Short(string arguments) => arguments.Length <= 200 ? arguments : $"{arguments[..200]}…";
}
