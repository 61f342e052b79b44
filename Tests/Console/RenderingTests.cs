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
    public void An_own_message_is_blue_and_says_sent() =>
        Assert.Equal("\e[94m#3 you: Hi ✓ sent\e[0m", Colored(MessageText.Of(Sample.Message(3, "Hi"), "bob", Me)));

    [Fact]
    public void An_own_message_that_was_seen_is_green_and_says_seen() =>
        Assert.Equal("\e[92m#3 you: Hi ✓✓ seen\e[0m", Colored(MessageText.Of(Sample.Message(3, "Hi", status: MessageStatus.Seen), "bob", Me)));

    [Fact]
    public void A_peers_message_bears_their_name_and_no_mark() =>
        Assert.Equal("#4 bob: Hello", Colored(MessageText.Of(Sample.Message(4, "Hello", "bob"), "bob", Me)));

    [Fact]
    public void A_request_that_comes_in_has_a_red_dot() =>
        Assert.Equal("\e[91m● \e[0mrequest from alice: Coffee?", Colored(RequestText.Received(Sample.Request("Coffee?"))));

    [Fact]
    public void Own_requests_tell_how_they_stand()
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
    public void Hostile_characters_are_made_harmless_and_others_left_alone(string text, string safe) =>
        Assert.Equal(safe, SafeText.OneLine(text));

    [Theory]
    [InlineData("bob (שלום) · 3", "bob (\u2068שלום\u2069) · 3")]
    [InlineData("שלום, 12 עולם! 5 ✓ sent", "\u2068שלום, 12 עולם\u2069! 5 ✓ sent")]
    [InlineData("مرحبا hello עולם", "\u2068مرحبا\u2069 hello \u2068עולם\u2069")]
    [InlineData("ğ 你好 😀", "ğ 你好 😀")]
    [InlineData("", "")]
    public void Right_to_left_text_is_kept_to_itself(string text, string fenced) => Assert.Equal(fenced, RightToLeft.Fence(text));

    [Fact]
    public void Fences_change_nothing_else() => Prop.ForAll<string?>(text =>
    {
        var safe = SafeText.OneLine($"ש{text}ם");
        return RightToLeft.Fence(safe).Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal) == safe;
    }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    // Not above: attributes cannot hold a lone surrogate.
    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_sign() => Assert.Equal("a�b", SafeText.OneLine("a\ud800b"));

    [Fact]
    public void No_text_reaches_the_terminal_with_a_control_character() =>
        Prop.ForAll<string?>(text => !Plain(text ?? "").Any(char.IsControl)).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    [Fact]
    public void Times_are_local_with_the_day_unless_it_is_today()
    {
        using var output = new StringWriter();
        var screen = new Screen(output, colors: false, times: true, new NoonClock());

        screen.Write("now", Sample.Noon);
        screen.Write("then", Sample.Noon.AddDays(-1));
        screen.Write("ever");

        Assert.Equal("12:00 now\n2026-11-21 12:00 then\never\n", output.ToString());
    }

    [Fact]
    public void An_event_takes_the_prompts_place()
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
