using ChatHub.Contracts;
using ChatHub.Server.People;
using ChatHub.Server.People.Accounts;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>What usernames are compared by, and which speak for the service.</summary>
public sealed class UsernamesTests
{
    [Theory]
    [InlineData("Alice.L_9", "alice.l_9")]
    [InlineData("ZOE\u0308", "zoë")]
    [InlineData("STRASSE", "strasse")]
    [InlineData("Straße", "strasse")]
    [InlineData("ΣΊΣΥΦΟΣ", "σίσυφοσ")]
    [InlineData("ﬁsh", "fish")]
    [InlineData("Ｆｕｌｌ", "full")]
    [InlineData("x\uFE0Fy", "xy")]
    [InlineData("x\u3164y", "xy")]
    [InlineData("o'Neil+home@mail-1.example", "o'neil+home@mail-1.example")]
    public void Names_that_look_alike_have_one_key(string username, string key) => Assert.Equal(key, Usernames.TryKey(username));

    [Theory]
    [InlineData("")]
    [InlineData("\u3164\uFE0F")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a🦊")]
    [InlineData("a①")]
    [InlineData("a\u200Db")]
    // Compatible with a character that no username has.
    [InlineData("ﷺ")]
    public void Text_that_is_no_username_has_no_key(string text) => Assert.Null(Usernames.TryKey(text));

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Key_is_of_64_characters_at_most_however_many_chars_they_take(int length, bool isName)
    {
        foreach (var character in (string[])["a", "𐐨"])
            Assert.Equal(isName, Usernames.TryKey(string.Concat(Enumerable.Repeat(character, length))) is not null);
    }

    [Fact]
    public void Directory_name_is_kept_as_given_and_must_show_something()
    {
        Assert.Equal("Zoë", Usernames.OfDirectory("Zoë"));
        var refused = Assert.Throws<ChatHubException>(() => Usernames.OfDirectory("\u3164"));
        Assert.Equal((ErrorCodes.InvalidArgument, "username shows nothing."), (refused.Code, refused.Message));
        Assert.Equal(ErrorCodes.InvalidArgument, Assert.Throws<ChatHubException>(() => Usernames.OfDirectory("a b")).Code);
    }

    [Theory]
    [InlineData("admin", true)]
    [InlineData("_ad.min_", true)]
    [InlineData("chat.hub", true)]
    [InlineData("removed_user", true)]
    [InlineData("admin1", false)]
    [InlineData("badmin", false)]
    [InlineData("alice", false)]
    public void Reserved_name_is_reserved_with_any_dots_and_underscores(string username, bool isReserved) =>
        Assert.Equal(isReserved, ReservedUsernames.Contains(username));
}
