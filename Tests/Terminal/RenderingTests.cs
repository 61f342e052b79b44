using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.Rendering;
using ChatHub.Tests.Client;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ChatHub.Tests.Terminal;

public sealed class RenderingTests
{
    private const string Me = "id-alice";

    [Fact]
    public void MessageText_of_an_own_message_is_blue_and_says_sent() =>
        Assert.Equal("\e[94m#3 you: Hi ✓ sent\e[0m", Colored(MessageText.Of(Sample.Message(3, "Hi"), "bob", Me)));

    [Fact]
    public void MessageText_of_an_own_seen_message_is_green_and_says_seen() =>
        Assert.Equal("\e[92m#3 you: Hi ✓✓ seen\e[0m", Colored(MessageText.Of(Sample.Message(3, "Hi", status: MessageStatus.Seen), "bob", Me)));

    [Fact]
    public void MessageText_of_a_peers_message_has_their_name_and_no_mark() =>
        Assert.Equal("#4 bob: Hello", Colored(MessageText.Of(Sample.Message(4, "Hello", "bob"), "bob", Me)));

    [Fact]
    public void MessageText_of_a_changed_message_says_what_became_of_it()
    {
        var message = Sample.Message(4, "Hello", "bob") with { ReplyToSeq = 2, EditedAt = Sample.Noon, Reactions = [new() { UserId = Me, Emoji = "👍" }] };
        Assert.Equal("#4 bob: ↪ #2 Hello (edited) [👍]", Plain(MessageText.Of(message, "bob", Me)));
        Assert.Equal("#4 bob: (removed)", Plain(MessageText.Of(message with { Text = "", RemovedAt = Sample.Noon }, "bob", Me)));
        Assert.Equal("changed: #4 bob: (removed)", Plain(MessageText.Changed(message with { RemovedAt = Sample.Noon }, "bob", Me)));
    }

    [Fact]
    public void MessageText_announces_no_message_that_came_while_its_chat_was_muted()
    {
        Assert.True(MessageText.IsMuted(Sample.Message(1, "Hi"), Sample.Conversation() with { MutedUntil = Sample.Noon.AddHours(1) }));
        Assert.False(MessageText.IsMuted(Sample.Message(1, "Hi"), Sample.Conversation() with { MutedUntil = Sample.Noon }));
        Assert.False(MessageText.IsMuted(Sample.Message(1, "Hi"), Sample.Conversation()));
    }

    [Fact]
    public void RequestText_of_a_received_request_has_a_red_dot() =>
        Assert.Equal("\e[91m● \e[0mrequest from alice: Coffee?", Colored(RequestText.Received(Sample.Request("Coffee?"))));

    [Fact]
    public void RequestText_of_an_own_request_says_its_state()
    {
        Assert.Equal("request to bob ✓ sent: Hi", Plain(RequestText.Own(Sample.Request("Hi"))));
        Assert.Equal("request to bob accepted: Hi", Plain(RequestText.Own(Sample.Request("Hi", RequestState.Accepted))));
        Assert.Equal("request to bob withdrawn: Hi", Plain(RequestText.Own(Sample.Request("Hi", RequestState.Withdrawn))));
        Assert.Equal("request to bob expired: Hi", Plain(RequestText.Own(Sample.Request("Hi", RequestState.Expired))));
    }

    [Theory]
    [InlineData("\e[31mred\e[0m", "�[31mred�[0m")]
    [InlineData("\u009b2J\u0007\u0000\u007f", "�2J���")]
    [InlineData("one\r\ntwo\nthree\tfour\rfive", "one⏎two⏎three four�five")]
    [InlineData("a\u202egnp.exe\u2066", "a�gnp.exe�")]
    [InlineData("👩‍👩‍👧 שלום ğ", "👩‍👩‍👧 שלום ğ")]
    public void SafeText_replaces_hostile_characters_and_keeps_others(string text, string safe) =>
        Assert.Equal(safe, SafeText.OneLine(text));

    [Theory]
    [InlineData("bob (שלום) · 3", "bob (\u2068שלום\u2069) · 3")]
    [InlineData("שלום, 12 עולם! 5 ✓ sent", "\u2068שלום, 12 עולם\u2069! 5 ✓ sent")]
    [InlineData("مرحبا hello עולם", "\u2068مرحبا\u2069 hello \u2068עולם\u2069")]
    [InlineData("ğ 你好 😀", "ğ 你好 😀")]
    [InlineData("", "")]
    public void RightToLeft_isolates_right_to_left_text(string text, string isolated) => Assert.Equal(isolated, RightToLeft.Isolate(text));

    [Fact]
    public void RightToLeft_adds_isolates_and_changes_nothing_else() => Prop.ForAll<string?>(text =>
    {
        var safe = SafeText.OneLine($"ש{text}ם");
        return RightToLeft.Isolate(safe).Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal) == safe;
    }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    // Not above: attributes cannot hold a lone surrogate.
    [Fact]
    public void SafeText_of_a_lone_surrogate_is_the_replacement_sign() => Assert.Equal("a�b", SafeText.OneLine("a\ud800b"));

    [Fact]
    public void AnsiText_of_any_text_contains_no_control_character() =>
        Prop.ForAll<string?>(text => !Plain(text ?? "").Any(char.IsControl)).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    [Fact]
    public void JsonText_of_every_update_has_the_objects_of_the_wire()
    {
        Update[] updates =
        [
            new InboxCleared(), new InboxReady(), new MeUpdate(Sample.Me("alice")), new BadgesUpdate(new()), new ConversationUpdate(Sample.Conversation()),
            new MessageUpdate(Sample.Message(1, "Hi"), 1), new SeenUpdate("c", "id", 1, Sample.Noon, 0), new RequestUpdate(Sample.Request("Hi")),
            new RequestRemovedUpdate("r"), new BlockUpdate("id", true), new TypingUpdate("c", "id"), new PresenceUpdate("id", true),
            new MessageChangedUpdate(Sample.Message(1, "Hi"), 1),
        ];
        var lines = updates.Select(update => JsonText.OfEvent("name", update)).ToList();

        Assert.Equal(typeof(Update).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(Update))), updates.Length);
        Assert.All(lines, line => Assert.StartsWith("""{"event":"name","content":{""", line, StringComparison.Ordinal));
        Assert.Contains("\"request\":{\"requestId\":\"r\",\"direction\":\"incoming\"", lines[7], StringComparison.Ordinal);
        Assert.Contains("\"at\":\"2026-11-22T12:00:00.000Z\"", lines[6], StringComparison.Ordinal);
        Assert.Equal("""{"event":"Closed"}""", JsonText.OfEvent("Closed", ConnectionState.Closed));
    }

    [Fact]
    public void Screen_writes_local_times_with_the_day_unless_it_is_today()
    {
        using var output = new StringWriter();
        var screen = new Screen(output, colors: false, times: true, new NoonClock());

        screen.Write("now", Sample.Noon);
        screen.Write("then", Sample.Noon.AddDays(-1));
        screen.Write("ever");

        Assert.Equal("12:00 now\n2026-11-21 12:00 then\never\n", output.ToString());
    }

    [Fact]
    public void Screen_write_during_a_prompt_replaces_it()
    {
        using var output = new StringWriter();
        var screen = new Screen(output, colors: true, times: false, TimeProvider.System);

        screen.Prompt("bob> ");
        screen.Prompt("bob> ");
        screen.Write("event");
        screen.Prompt("bob> ");
        screen.EndPrompt();
        screen.Write("answer");

        Assert.Equal("bob> \r\e[Kevent\nbob> answer\n", output.ToString());
    }

    private static string Colored(Line line) => AnsiText.Of(line, colors: true);

    private static string Plain(Line line) => AnsiText.Of(line, colors: false);

    private sealed class NoonClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Sample.Noon;
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }
}
