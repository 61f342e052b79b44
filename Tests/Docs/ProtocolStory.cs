using System.Text.Json;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.Docs;

/// <summary>One fixed story in which everything of the protocol happens once.</summary>
public static class ProtocolStory
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Picture = Pictures.Png(64, 64);

    public static async Task<IReadOnlyDictionary<string, string>> RunAsync()
    {
        var examples = new Examples();
        await using var server = await InProcessServer.StartAsync(new ManualTime(Start));
        using var alice = await ConnectUserAsync(server, examples, "alice", "Alice Marlin");
        using var bob = await ConnectUserAsync(server, examples, "bob", "Bob Quay");
        using var carol = await ConnectUserAsync(server, examples, "carol", "Carol Sound");

        await PeopleAsync(alice, bob);
        var (request, chat) = await RequestAsync(server, alice, bob, carol);
        await ChatAsync(server, alice, bob, chat);
        await SafetyAsync(server, examples, alice, bob, carol, request, chat);
        await AccountsAsync(server, examples);
        await HostAsync(server, examples);

        // Sent when an instance is stopped; the shape is all there is to show.
        examples.Add(nameof(IChatClient.ServerDraining), null, JsonElement.Parse(Wire.Json(new ServerDraining { ReconnectWithinSeconds = 30 })));
        return examples.Named();
    }

    private static async Task<RecordingClient> ConnectUserAsync(InProcessServer server, Examples examples, string username, string displayName) =>
        await RecordingClient.ConnectAsync(server, await Account.BringAsync(server, new() { Username = username, DisplayName = displayName, BirthDate = "1990-05-17" }), examples);

    private static async Task PeopleAsync(RecordingClient alice, RecordingClient bob)
    {
        await alice.CallAsync("GetMe", new EmptyInput());
        await bob.CallAsync("UpdateProfile", new UpdateProfileInput { Bio = "Restores wooden boats." });
        await bob.CallAsync("UpdateSettings", new UpdateSettingsInput { MessagingPolicy = MessagingPolicy.Following, ShowPresence = false });
        await alice.CallAsync("SearchUsers", new SearchUsersInput { Query = "bob" });
        await alice.CallAsync("GetProfile", new GetProfileInput { Username = "bob" }, "GetProfile: a notice");
        await alice.CallAsync("SendRequest", new SendRequestInput { RecipientId = bob.Id, Text = "Hello Bob", ClientId = "a-1" }, "a refusal");
        await bob.CallAsync("UpdateSettings", new UpdateSettingsInput { MessagingPolicy = MessagingPolicy.Everyone });
        await alice.CallAsync("GetProfile", new GetProfileInput { Username = "bob" });
        await alice.CallAsync("AdviseIntro", new AdviseIntroInput { RecipientId = bob.Id, Text = "Hi!" });
        await alice.CallAsync("Follow", new UserInput { UserId = bob.Id });
        await alice.CallAsync("ListFollowing", new PageInput { Limit = 10 });
        await bob.CallAsync("ListFollowers", new PageInput());
        await alice.CallAsync("Unfollow", new UserInput { UserId = bob.Id });
    }

    private static async Task<(string Request, string Chat)> RequestAsync(InProcessServer server, RecordingClient alice, RecordingClient bob, RecordingClient carol)
    {
        // One is taken back and one turned down; the last is accepted. Alice's other device receives what she does.
        using var laptop = await alice.AgainAsync(server);
        var first = Id(await alice.CallAsync("SendRequest", new SendRequestInput { RecipientId = bob.Id, Text = "Hello Bob, how did you come to boats?", ClientId = "a-2" }));
        await bob.ReceiveAsync(nameof(IChatClient.RequestReceived));
        await laptop.ReceiveAsync(nameof(IChatClient.RequestChanged));
        server.Time.Advance(TimeSpan.FromMinutes(1));
        await alice.CallAsync("WithdrawRequest", new RequestInput { RequestId = first });
        await bob.ReceiveAsync(nameof(IChatClient.RequestRemoved));
        var turnedDown = Id(await carol.CallAsync("SendRequest", new SendRequestInput { RecipientId = bob.Id, Text = "Buy my varnish?", ClientId = "c-1" }));
        await bob.ReceiveAsync(nameof(IChatClient.RequestReceived));
        await bob.CallAsync("DeleteRequest", new RequestInput { RequestId = turnedDown });
        await bob.CallAsync("ListRequests", new ListRequestsInput { Direction = RequestDirection.Incoming, Folder = RequestFolder.Deleted }, "ListRequests: the folder deleted");
        await RestoreAsync(server, bob, turnedDown);
        server.Time.Advance(TimeSpan.FromHours(24));

        var request = Id(await alice.CallAsync("SendRequest", new SendRequestInput { RecipientId = bob.Id, Text = "Hello Bob, what is the first thing you look at in an old hull?", ClientId = "a-3" }));
        await bob.ReceiveAsync(nameof(IChatClient.RequestReceived));
        await bob.CallAsync("ListRequests", new ListRequestsInput { Direction = RequestDirection.Incoming });
        await bob.CallAsync("GetRequest", new RequestInput { RequestId = request });
        server.Time.Advance(TimeSpan.FromMinutes(1));
        var accepted = await bob.CallAsync("AcceptRequest", new RequestInput { RequestId = request });
        await alice.ReceiveAsync(nameof(IChatClient.RequestAccepted));
        return (request, accepted.GetProperty("conversation").GetProperty("conversationId").GetString()!);
    }

    /// <summary>Brought back after all, and deleted along with all that is older. Bob's other device gets the events.</summary>
    private static async Task RestoreAsync(InProcessServer server, RecordingClient bob, string turnedDown)
    {
        using var laptop = await bob.AgainAsync(server);
        await bob.CallAsync("RestoreRequest", new RequestInput { RequestId = turnedDown });
        await laptop.ReceiveAsync(nameof(IChatClient.RequestRestored));
        await bob.CallAsync("DeleteRequests", new DeleteRequestsInput { Folder = RequestFolder.Main, UpToRequestId = turnedDown });
        await laptop.ReceiveAsync(nameof(IChatClient.RequestsRemoved));
    }

    private static async Task ChatAsync(InProcessServer server, RecordingClient alice, RecordingClient bob, string chat)
    {
        await alice.CallAsync("OpenConversation", new UserInput { UserId = bob.Id });
        await alice.CallAsync("SetTyping", new ConversationInput { ConversationId = chat });
        await bob.ReceiveAsync(nameof(IChatClient.Typing));
        await alice.CallAsync("SendMessage", new SendMessageInput { ConversationId = chat, Text = "Thank you for taking the time!", ClientId = "a-4" });
        await bob.ReceiveAsync(nameof(IChatClient.MessageReceived));
        server.Time.Advance(TimeSpan.FromMinutes(1));
        await bob.CallAsync("MarkSeen", new MarkSeenInput { ConversationId = chat, Seq = 2 });
        await alice.ReceiveAsync(nameof(IChatClient.MessagesSeen));
        await bob.CallAsync("UpdateSettings", new UpdateSettingsInput { ShowPresence = true });
        await alice.ReceiveAsync(nameof(IChatClient.PresenceChanged));
        await alice.CallAsync("ListConversations", new ListConversationsInput());
        await alice.CallAsync("GetConversation", new ConversationInput { ConversationId = chat });
        await alice.CallAsync("GetMessages", new GetMessagesInput { ConversationId = chat, After = 0 });
        await alice.CallAsync("Sync", new SyncInput { After = 3 });
        await ChangesAsync(server, alice, bob, chat);

        // The same answer goes to the other devices as the event.
        using var laptop = await alice.AgainAsync(server);
        await laptop.CallAsync("OpenConversation", new UserInput { UserId = bob.Id });
        await alice.CallAsync("UpdateSettings", new UpdateSettingsInput { SendSeenReceipts = false });
        await laptop.ReceiveAsync(nameof(IChatClient.MeChanged));
    }

    private static async Task ChangesAsync(InProcessServer server, RecordingClient alice, RecordingClient bob, string chat)
    {
        await alice.CallAsync("EditMessage", new EditMessageInput { ConversationId = chat, Seq = 2, Text = "Thank you for taking the time, Bob!" });
        await bob.CallAsync("React", new ReactInput { ConversationId = chat, Seq = 2, Emoji = "👍" });
        await alice.ReceiveAsync(nameof(IChatClient.MessageChanged));
        await bob.CallAsync("SendMessage", new SendMessageInput { ConversationId = chat, Text = "Not for you", ClientId = "b-1" });
        await bob.CallAsync("RemoveMessage", new RemoveMessageInput { ConversationId = chat, Seq = 3 });
        await alice.CallAsync("GetMessages", new GetMessagesInput { ConversationId = chat, ChangedAfter = 1 }, "GetMessages: changes");
        await alice.CallAsync("UpdateConversation", new UpdateConversationInput { ConversationId = chat, MutedUntil = server.Time.GetUtcNow().AddHours(8), IsPinned = true });
        await bob.CallAsync("ClearConversation", new ClearConversationInput { ConversationId = chat, UpToSeq = 1 });
    }

    private static async Task SafetyAsync(InProcessServer server, Examples examples, RecordingClient alice, RecordingClient bob, RecordingClient carol, string request, string chat)
    {
        // An opened chat is pushed to the opener's other devices.
        using var laptop = await alice.AgainAsync(server);
        await carol.CallAsync("Follow", new UserInput { UserId = alice.Id });
        await alice.CallAsync("OpenConversation", new UserInput { UserId = carol.Id });
        await laptop.ReceiveAsync(nameof(IChatClient.ConversationChanged));

        var report = (await alice.CallAsync("Report", new ReportInput { UserId = bob.Id, Reason = ReportReason.Spam, Note = "Sells varnish.", RequestId = request, ConversationId = chat, Seqs = [2] })).GetProperty("reportId").GetString();
        await alice.CallAsync("Block", new UserInput { UserId = bob.Id });
        await laptop.ReceiveAsync(nameof(IChatClient.BlockChanged));
        await alice.CallAsync("Report", new ReportInput { UserId = bob.Id, Reason = ReportReason.Spam, Block = true }, "Report: and block");
        await alice.CallAsync("ListBlocked", new PageInput());
        await alice.CallAsync("Unblock", new UserInput { UserId = bob.Id });

        var moderator = await server.ModeratorAsync();
        await HttpAsync(server, examples, "GET", "/api/moderation/reports?state=open", moderator, name: "GET /api/moderation/reports");
        await HttpAsync(server, examples, "POST", $"/api/moderation/users/{bob.Id}/notes", moderator, """{"text":"Sells varnish to everyone."}""", "POST /api/moderation/users/{userId}/notes");
        await HttpAsync(server, examples, "POST", $"/api/moderation/reports/{report}/resolve", moderator, """{"action":"warn","reason":"No selling here, please."}""", "POST /api/moderation/reports/{id}/resolve");
        await bob.ReceiveAsync(nameof(IChatClient.MeChanged));
        await HttpAsync(server, examples, "GET", $"/api/moderation/reports/{report}", moderator, name: "GET /api/moderation/reports/{id}");
        await HttpAsync(server, examples, "GET", $"/api/moderation/users/{bob.Id}", moderator, name: "GET /api/moderation/users/{userId}");
        await HttpAsync(server, examples, "PUT", $"/api/moderation/bans/{carol.Id}", moderator, """{"hours":24,"reason":"Spam"}""", "PUT /api/moderation/bans/{userId}");
        await carol.ReceiveAsync(nameof(IChatClient.MeChanged));
        await HttpAsync(server, examples, "GET", "/api/moderation/bans", moderator);
        await HttpAsync(server, examples, "DELETE", $"/api/moderation/bans/{carol.Id}", moderator, name: "DELETE /api/moderation/bans/{userId}");
        await HttpAsync(server, examples, "GET", "/api/moderation/audit?limit=3", moderator, name: "GET /api/moderation/audit");
    }

    private static async Task AccountsAsync(InProcessServer server, Examples examples)
    {
        const string account = """{"username":"dora","password":"correct horse battery","birthDate":"1990-05-17","displayName":"Dora Lee"}""";
        await HttpAsync(server, examples, "POST", "/api/accounts", Credentials.None, account);
        await HttpAsync(server, examples, "POST", "/api/accounts", Credentials.None, account, "an HTTP refusal");
        var session = await HttpAsync(server, examples, "POST", "/api/sessions", Credentials.None, """{"username":"dora","password":"correct horse battery"}""");
        var cookie = session.Header("Set-Cookie")!.Split(';')[0];
        var refreshed = await HttpAsync(server, examples, "POST", "/api/sessions/refresh", new(Cookie: cookie));
        var dora = new Credentials(refreshed.Read<Session>().AccessToken);
        var avatar = await server.HttpAsync("PUT", "/api/me/avatar", dora, Picture);
        examples.Add("PUT /api/me/avatar", "PUT /api/me/avatar\n(the picture)", avatar.Json, "200\n");
        var url = avatar.Read<AvatarReceipt>().AvatarUrl;
        var served = await server.HttpAsync("GET", url, Credentials.None);
        examples.Add("GET /avatars/{id}", $"GET {url}", null,
            $"200\nContent-Type: {served.ContentType}\nCache-Control: {served.Header("Cache-Control")}\nX-Content-Type-Options: {served.Header("X-Content-Type-Options")}\nContent-Security-Policy: {served.Header("Content-Security-Policy")}");
        await HttpAsync(server, examples, "DELETE", "/api/me/avatar", dora);
        await HttpAsync(server, examples, "GET", "/health/live", Credentials.None);
        examples.Add("GET /health/ready", "GET /health/ready", (await server.HealthAsync()).Json, "200\n");
        await HttpAsync(server, examples, "GET", "/api/push/key", Credentials.None);
        // The keys of RFC 8291's own example.
        await HttpAsync(server, examples, "PUT", "/api/me/push-subscriptions/phone", dora,
            """{"endpoint":"https://push.example/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV","p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4","auth":"BTBZMqHH6r4Tts7J_aSIgg"}""",
            "PUT /api/me/push-subscriptions/{id}");
        await LinesAsync(server, examples, "GET", "/api/me/export", dora);
        await HttpAsync(server, examples, "DELETE", "/api/me/push-subscriptions/phone", dora, name: "DELETE /api/me/push-subscriptions/{id}");
        var sessions = await HttpAsync(server, examples, "GET", "/api/me/sessions", dora);
        await HttpAsync(server, examples, "DELETE", "/api/me/sessions", dora);
        await HttpAsync(server, examples, "DELETE", $"/api/me/sessions/{sessions.Json.GetProperty("items")[1].GetProperty("sessionId").GetString()}", dora, name: "DELETE /api/me/sessions/{id}");
        await HttpAsync(server, examples, "PUT", "/api/me/password", dora, """{"currentPassword":"correct horse battery","newPassword":"tide tables by hand"}""");
        await HttpAsync(server, examples, "DELETE", "/api/sessions/current", new(Cookie: refreshed.Header("Set-Cookie")!.Split(';')[0]));
        var reset = await HttpAsync(server, examples, "POST", $"/api/directory/users/{session.Read<Session>().User.UserId}/password-reset", Credentials.Service, name: "POST /api/directory/users/{userId}/password-reset");
        await HttpAsync(server, examples, "POST", "/api/accounts/password-reset", Credentials.None,
            $$"""{"code":"{{reset.Read<PasswordResetCode>().Code}}","newPassword":"a stick and patience"}""");
        var description = (await server.HttpAsync("GET", "/openapi/v1.json", Credentials.None)).Json;
        examples.Add("GET /openapi/v1.json", "GET /openapi/v1.json", description.GetProperty("info"), "200 (of which this is the member `info`)\n");
    }

    private static async Task HostAsync(InProcessServer server, Examples examples)
    {
        const string user = "/api/directory/users/host-erin";
        await HttpAsync(server, examples, "PUT", user, Credentials.Service,
            """{"username":"erin","displayName":"Erin Fjord","birthDate":"1988-02-01","createdAt":"2021-03-01T00:00:00Z","isVerified":true,"avatarUrl":"https://example.com/erin.png","bio":"Sails."}""", "PUT /api/directory/users/{userId}");
        await HttpAsync(server, examples, "PUT", $"{user}/follows/host-alice", Credentials.Service, name: "PUT /api/directory/users/{userId}/follows/{otherId}");
        await HttpAsync(server, examples, "DELETE", $"{user}/follows/host-alice", Credentials.Service, name: "DELETE /api/directory/users/{userId}/follows/{otherId}");
        await HttpAsync(server, examples, "POST", "/api/directory/import", Credentials.Service,
            """
            {"type":"user","userId":"host-fay","username":"fay","displayName":"Fay Reef","birthDate":"1991-03-01"}
            {"type":"follow","userId":"host-fay","otherId":"host-erin"}
            {"type":"follow","userId":"host-fay","otherId":"host-unknown"}
            """);
        await HttpAsync(server, examples, "GET", user, Credentials.Service, name: "GET /api/directory/users/{userId}");
        await HttpAsync(server, examples, "GET", "/api/directory/users?limit=1", Credentials.Service, name: "GET /api/directory/users");
        await HttpAsync(server, examples, "PUT", $"{user}/roles/moderator", Credentials.Service, name: "PUT /api/directory/users/{userId}/roles/moderator");
        await HttpAsync(server, examples, "DELETE", $"{user}/roles/moderator", Credentials.Service, name: "DELETE /api/directory/users/{userId}/roles/moderator");
        await HttpAsync(server, examples, "DELETE", $"{user}/sessions", Credentials.Service, name: "DELETE /api/directory/users/{userId}/sessions");
        await HttpAsync(server, examples, "POST", "/api/directory/invites", Credentials.Service, """{"count":2,"expiresInHours":72}""");
        await HttpAsync(server, examples, "DELETE", user, Credentials.Service, name: "DELETE /api/directory/users/{userId}");
    }

    /// <summary>Lines as they come.</summary>
    private static async Task LinesAsync(InProcessServer server, Examples examples, string method, string path, Credentials pass)
    {
        var answer = await server.HttpAsync(method, path, pass);
        examples.Add($"{method} {path}", $"{method} {path}", null, $"{(int)answer.Status}\n{System.Text.Encoding.UTF8.GetString(answer.Content)}");
    }

    private static async Task<HttpResult> HttpAsync(
        InProcessServer server, Examples examples, string method, string path, Credentials pass, string? body = null, string? name = null)
    {
        using var content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await server.HttpAsync(method, path, pass, content);
        examples.Add(name ?? $"{method} {path}", body is null ? $"{method} {path}" : $"{method} {path}\n{body}", answer.Content.Length > 0 ? answer.Json : null, $"{(int)answer.Status}\n");
        return answer;
    }

    private static string Id(JsonElement changed) => changed.GetProperty("request").GetProperty("requestId").GetString()!;
}
