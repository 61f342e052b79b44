using System.Globalization;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>The limits of the wire.</summary>
public sealed class ArgumentsTests
{
    private static readonly DateOnly Today = new(2026, 6, 15);

    public static TheoryData<string> HostNames() => ["a", "é", "_.-@+'", "\u0301", "42", new string('a', 64), string.Concat(Enumerable.Repeat("𝒜", 64))];

    public static TheoryData<string> NoHostNames() => ["", " ", "a b", "a/b", "Ⅷ", "\uD83E", new string('a', 65), string.Concat(Enumerable.Repeat("𝒜", 65)), new string('a', 129)];

    public static TheoryData<string> HostUserIds() => ["a", "!", "~", "user:1", new string('a', 64)];

    public static TheoryData<string> NoHostUserIds() => ["", " ", "a b", "a/b", "a\\b", "\u007F", "é", new string('a', 65)];

    [Theory]
    [MemberData(nameof(HostNames))]
    public void A_directory_s_username_is_taken_as_given(string name) => Assert.Equal(name, Arguments.HostUsername(name));

    [Theory]
    [MemberData(nameof(NoHostNames))]
    public void What_is_no_username_of_a_directory_is_refused(string name) =>
        Assert.Contains("username must be 1 to 64", Assert.Throws<ChatHubException>(() => Arguments.HostUsername(name)).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(HostUserIds))]
    public void A_host_s_user_id_is_taken_as_given(string id)
    {
        Assert.Equal(id, Arguments.HostUserId(id));
        Assert.Equal(id, Arguments.Id(id, "userId"));
    }

    [Theory]
    [MemberData(nameof(NoHostUserIds))]
    public void What_is_no_user_id_of_a_host_is_refused(string id) =>
        Assert.Contains("userId must be 1 to 64", Assert.Throws<ChatHubException>(() => Arguments.HostUserId(id)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a b")]
    [InlineData("\u007F")]
    [InlineData("é")]
    public void An_id_that_cannot_exist_is_no_id(string id) => Assert.Equal("", Arguments.Id(id, "conversationId"));

    [Theory]
    [InlineData("http://example.org", "http://example.org/")]
    [InlineData("https://example.org/é", "https://example.org/%C3%A9")]
    public void A_web_address_is_taken_escaped(string address, string expected) => Assert.Equal(expected, Arguments.WebAddress(address, "avatarUrl"));

    [Theory]
    [InlineData("example.org")]
    [InlineData("/avatar")]
    [InlineData("ftp://example.org")]
    [InlineData("javascript:alert(1)")]
    public void What_is_no_web_address_is_refused(string address) =>
        Assert.Contains("absolute http or https", Assert.Throws<ChatHubException>(() => Arguments.WebAddress(address, "avatarUrl")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_web_address_is_measured_as_it_is_escaped()
    {
        var longest = $"https://a.example/{new string('a', Limits.WebAddressMax - "https://a.example/".Length)}";

        Assert.Equal(longest, Arguments.WebAddress(longest, "avatarUrl"));
        Assert.Contains("escaped", Assert.Throws<ChatHubException>(() => Arguments.WebAddress($"{longest[..^1]}é", "avatarUrl")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void A_number_within_its_bounds_is_accepted(long number) => Assert.Equal(number, Arguments.Number(number, "seq", 1, 5));

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void A_number_beyond_its_bounds_is_refused(long number) =>
        Assert.Equal("seq must be 1 to 5.", Assert.Throws<ChatHubException>(() => Arguments.Number(number, "seq", 1, 5)).Message);

    [Fact]
    public void A_number_may_have_no_upper_bound()
    {
        Assert.Equal(long.MaxValue, Arguments.Number(long.MaxValue, "after", 0));
        Assert.Equal("after must be 0 or more.", Assert.Throws<ChatHubException>(() => Arguments.Number(-1, "after", 0)).Message);
    }

    [Fact]
    public void A_limit_of_a_query_is_a_number_or_absent()
    {
        Assert.Equal(Limits.PageDefault, Arguments.Limit((string?)null));
        Assert.Equal(7, Arguments.Limit("7"));
        Assert.All((string[])["", "x", "-1", "1.5", "101"], text => Assert.Throws<ChatHubException>(() => Arguments.Limit(text)));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2000-1-1")]
    [InlineData("2001-02-29")]
    public void A_birth_date_that_is_no_day_is_refused(string date) =>
        Assert.Contains("YYYY-MM-DD", Assert.Throws<ChatHubException>(() => Arguments.BirthDate(date, Today)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("hello", "hello")]
    [InlineData("  hello\n", "hello")]
    [InlineData("a\tb\nc", "a\tb\nc")]
    [InlineData("a\r\nb\rc", "a\nb\nc")]
    [InlineData("\ra\n\rb", "a\n\nb")]
    [InlineData("😀😀😀😀😀", "😀😀😀😀😀")]
    public void A_text_within_its_limits_is_trimmed(string text, string expected) =>
        Assert.Equal(expected, Arguments.Text(text, "text", 1, 5));

    [Theory]
    [InlineData(null, "text is missing.")]
    [InlineData("", "text is empty.")]
    [InlineData(" \t\n\u3000", "text is empty.")]
    [InlineData("sixsix", "text must be 1 to 5 characters.")]
    [InlineData("😀😀😀😀😀😀", "text must be 1 to 5 characters.")]
    [InlineData("a\0b", "text contains a control character; only tab and newline may be in it.")]
    [InlineData("a\u0085", "text contains a control character; only tab and newline may be in it.")]
    [InlineData("a\u007f", "text contains a control character; only tab and newline may be in it.")]
    public void A_text_beyond_its_limits_is_refused_with_the_field_and_the_limit(string? text, string sentence) =>
        AssertInvalid(sentence, () => Arguments.Text(text, "text", 1, 5));

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused_wherever_it_stands()
    {
        // Not as inline data: a lone surrogate does not survive in an attribute.
        foreach (var text in (string[])["\ud83d", "\ude00", "a\ud83d", "\ude00a", "\ude00\ud83d", "\ud83d\ud83d\ude00"])
            AssertInvalid("text contains half of a surrogate pair.", () => Arguments.Text(text, "text", 1, 5));
    }

    [Fact]
    public void Characters_are_unicode_scalar_values() => Prop.ForAll<NonNull<string>>(text =>
    {
        var wellFormed = string.Concat(text.Get.EnumerateRunes().Select(rune => rune.ToString()));
        Assert.Equal(wellFormed.EnumerateRunes().Count(), Arguments.ScalarCount(wellFormed));
    }).Holds();

    [Theory]
    [InlineData("bob", "bob")]
    [InlineData("Bob_.9", "bob_.9")]
    [InlineData("a23456789012345678901234567890", "a23456789012345678901234567890")]
    public void A_username_is_stored_in_lower_case(string name, string expected) => Assert.Equal(expected, Arguments.Username(name));

    [Theory]
    [InlineData(null)]
    [InlineData("ab")]
    [InlineData("a234567890123456789012345678901")]
    [InlineData("bob!")]
    [InlineData("_._")]
    [InlineData("bob ")]
    [InlineData("böb")]
    [InlineData("bоb")] // the middle letter is Cyrillic
    public void Any_other_username_is_refused(string? name) => AssertInvalid(null, () => Arguments.Username(name));

    [Theory]
    [InlineData("2026-06-14")]
    [InlineData("1906-06-15")]
    [InlineData("2024-02-29")]
    public void A_birth_date_is_a_past_day_within_120_years(string date) =>
        Assert.Equal(date, Arguments.BirthDate(date, Today).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-06-15")]
    [InlineData("1906-06-14")]
    [InlineData("2025-02-29")]
    [InlineData("2000-1-1")]
    [InlineData("01.01.2000")]
    [InlineData("2000-01-01T00:00:00Z")]
    public void Any_other_birth_date_is_refused(string? date) => AssertInvalid(null, () => Arguments.BirthDate(date, Today));

    [Theory]
    [InlineData("x")]
    [InlineData(" ~")]
    public void A_client_id_is_printable_ascii(string id) => Assert.Equal(id, Arguments.ClientId(id));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("é")]
    [InlineData("\u007f")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void Any_other_client_id_is_refused(string? id) => AssertInvalid(null, () => Arguments.ClientId(id));

    [Fact]
    public void A_limit_is_1_to_100_and_30_when_absent()
    {
        Assert.Equal([30, 1, 100], new int?[] { null, 1, 100 }.Select(Arguments.Limit));
        foreach (var limit in (int[])[0, -1, 101, int.MaxValue, int.MinValue])
            AssertInvalid("limit must be 1 to 100.", () => Arguments.Limit(limit));
    }

    [Fact]
    public void An_unknown_enum_value_is_refused_with_the_known_ones()
    {
        Assert.Equal(RequestFilter.All, Arguments.Known(RequestFilter.All, "state"));
        AssertInvalid("state must be one of: pending, accepted, all.", () => Arguments.Known(WireEnumConverter<RequestFilter>.Unknown, "state"));
    }

    private static void AssertInvalid(string? sentence, Func<object?> check)
    {
        var refusal = Assert.Throws<ChatHubException>(() => { check(); });
        Assert.Equal(ErrorCodes.InvalidArgument, refusal.Code);
        if (sentence is not null)
            Assert.Equal(sentence, refusal.Message);
    }
}
