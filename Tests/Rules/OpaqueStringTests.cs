using ChatHub.Server.People.Accounts;
using ChatHub.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>RFC 8265, OpaqueString; the first examples are those of its section 4.3.</summary>
public sealed class OpaqueStringTests
{
    [Theory]
    [InlineData("correct horse battery staple", "correct horse battery staple")]
    [InlineData("Correct Horse Battery Staple", "Correct Horse Battery Staple")]
    [InlineData("πßå", "πßå")]
    [InlineData("Jack of \u2666s", "Jack of \u2666s")]
    [InlineData("foo\u1680bar", "foo bar")]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("\uFF21", "\uFF21")]
    [InlineData("\U0001F98A", "\U0001F98A")]
    [InlineData("l\u00B7l", "l\u00B7l")]
    [InlineData("\u0915\u094D\u200D", "\u0915\u094D\u200D")]
    [InlineData("\u30AB\u30FB", "\u30AB\u30FB")]
    [InlineData("\u0660\u0669", "\u0660\u0669")]
    [InlineData("\u06F0\u06F9", "\u06F0\u06F9")]
    [InlineData("\u0375\u0370", "\u0375\u0370")]
    [InlineData("\u0375\u03FF", "\u0375\u03FF")]
    [InlineData("\u05D0\u05F3", "\u05D0\u05F3")]
    public void An_allowed_text_is_prepared(string text, string prepared) => Assert.Equal(prepared, OpaqueString.Prepare(text));

    [Theory]
    [InlineData("")]
    [InlineData("my cat is a \u0009by")]
    [InlineData("a\nb")]
    [InlineData("a\uFFFE")]
    [InlineData("a\uE000")]
    [InlineData("a\u200Bb")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u200Db")]
    [InlineData("a\u00ADb")]
    [InlineData("\u3164")]
    [InlineData("\u1100")]
    [InlineData("\u11FF")]
    [InlineData("\uA960")]
    [InlineData("\uA97C")]
    [InlineData("\uD7B0")]
    [InlineData("\uD7FB")]
    [InlineData("\u0640")]
    [InlineData("x\uFE0F")]
    [InlineData("\u200Da")]
    [InlineData("l\u00B7b")]
    [InlineData("b\u00B7l")]
    [InlineData("l\u00B7")]
    [InlineData("\u00B7l")]
    [InlineData("\u0661\u06F0")]
    [InlineData("\u0661\u06F9")]
    [InlineData("\u0660\u06F1")]
    [InlineData("\u06F1\u0669")]
    [InlineData("\u0375")]
    [InlineData("\u03B1\u0375")]
    [InlineData("\u0375\u036F")]
    [InlineData("\u0375\u0400")]
    [InlineData("\u05F3\u05D0")]
    [InlineData("a\u05F4")]
    [InlineData("a\u30FB")]
    [InlineData("a\u2028b")]
    public void Any_other_text_is_refused(string text) => Assert.Null(OpaqueString.Prepare(text));

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused() =>
        Assert.All((string[])["\uD83D", "a\uDE00", "\uDE00\uD83D"], text => Assert.Null(OpaqueString.Prepare(text)));

    [Fact]
    public void Preparing_twice_is_preparing_once() => Prop.ForAll<NonNull<string>>(text =>
    {
        if (OpaqueString.Prepare(text.Get) is { } once)
            Assert.Equal(once, OpaqueString.Prepare(once));
    }).Holds();
}
