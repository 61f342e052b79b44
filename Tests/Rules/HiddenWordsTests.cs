using ChatHub.Server.Requests;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>Which texts hold a hidden word.</summary>
public sealed class HiddenWordsTests
{
    [Theory]
    [InlineData("crypto", "Buy CRYPTO now", true)]
    [InlineData("crypto", "cryptography is fun", false)]
    [InlineData("crypto", "crypto-currency!", true)]
    [InlineData("Crypto", "c\u0301r\u0303ypt\u00F6", true)]
    [InlineData("crypto", "cryyyptoo", true)]
    [InlineData("loot", "l00t", true)]
    [InlineData("leet test", "1337 7357", true)]
    [InlineData("sale", "5413", true)]
    [InlineData("hello", "helo", true)]
    [InlineData("crypto", "cry\u200Bp\u00ADto", true)]
    [InlineData("crypto", "c\u202Erypto", true)]
    [InlineData("crypto", "\uFF43rypto", true)]
    [InlineData("stra\u00DFe", "STRASSE", true)]
    [InlineData("\u0130stanbul", "istanbul", true)]
    [InlineData("\u03C3\u03BF\u03C6\u03CC\u03C2", "\u03A3\u039F\u03A6\u039F\u03A3", true)]
    [InlineData("don\u2019t", "DON\u2019T ask", true)]
    [InlineData("don", "don't ask", false)]
    [InlineData("bar", "foo.bar", false)]
    [InlineData("bar", "foo. bar", true)]
    [InlineData("3.14", "it is 3.14159", false)]
    [InlineData("3.14", "it is 3.14, roughly", true)]
    [InlineData("free_money", "free_money", true)]
    [InlineData("money", "free_money", false)]
    [InlineData("buy now", "Buy, now!", true)]
    [InlineData("buy now", "buy it now", false)]
    [InlineData("\u8D5A\u94B1", "\u6559\u4F60\u8D5A\u94B1\u7684\u65B9\u6CD5", true)]
    [InlineData("\u54C8\u54C8", "\u54C8\u5229", false)]
    [InlineData("\u0E40\u0E07\u0E34\u0E19", "\u0E2B\u0E32\u0E40\u0E07\u0E34\u0E19\u0E07\u0E48\u0E32\u0E22", true)]
    [InlineData("\uD83D\uDCB0", "cash\uD83D\uDCB0\uD83D\uDCB0", true)]
    [InlineData("!!!", "Hello!", false)]
    [InlineData("\u05D0\u05E8\u05D4\u05F4\u05D1", "\u05D0\u05E8\u05D4\u05F4\u05D1!", true)]
    [InlineData("isparta", "\u0131sparta", true)]
    [InlineData("bar", "foo:bar", false)]
    [InlineData("bar", "7:bar", true)]
    [InlineData("bar", "bar:7", true)]
    [InlineData("7", "a.7", true)]
    [InlineData("7", "7.a", true)]
    [InlineData("14", "3,14", false)]
    [InlineData("foo", "foo\"bar", true)]
    [InlineData("\u05D0", "\u05D0\"\u05D0", false)]
    [InlineData("\u05F2", "\u05F2\"\u05F2", false)]
    public void A_word_is_found_as_a_whole_however_it_is_written(string hidden, string text, bool isIn) =>
        Assert.Equal(isIn, HiddenWords.Of([hidden]).AreIn(text));

    [Fact]
    public void Word_that_shows_nothing_is_in_no_text() => Assert.False(HiddenWords.Of(["\u0301"]).AreIn("Hello"));

    [Theory]
    [InlineData(0x0DFF, false)]
    [InlineData(0x0E00, true)]
    [InlineData(0x0FFF, true)]
    [InlineData(0x3004, false)]
    [InlineData(0x3005, true)]
    [InlineData(0x3007, true)]
    [InlineData(0x3008, false)]
    [InlineData(0x3FFFD, true)]
    [InlineData(0x3FFFE, false)]
    public void Script_without_spaces_is_known_by_its_blocks(int codePoint, bool isSpaceless) =>
        Assert.Equal(isSpaceless, SpacelessScripts.Contain(new(codePoint)));

    [Fact]
    public void Each_text_is_looked_at_by_itself()
    {
        var hidden = HiddenWords.Of(["buy now", "spam"]);
        Assert.False(hidden.AreIn("please buy", "now", "spa m"));
        Assert.True(hidden.AreIn("", "Hello", "the spam king"));
        Assert.False(HiddenWords.Of([]).AreIn("spam"));
    }
}
