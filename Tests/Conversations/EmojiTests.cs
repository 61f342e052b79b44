using ChatHub.Contracts;
using ChatHub.Server.Conversations.Emoji;
using Xunit;

namespace ChatHub.Tests.Conversations;

/// <summary>One emoji as UTS #51 recommends it, and nothing else.</summary>
public sealed class EmojiTests
{
    [Fact]
    public void Set_holds_all_sequences_of_Unicode_17() => Assert.Equal(3_953, RgiEmoji.Count);

    [Theory]
    [InlineData("👍")]
    [InlineData("👍🏽")]
    [InlineData("❤️")]
    [InlineData("#️⃣")]
    [InlineData("🇩🇪")]
    [InlineData("🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F")]
    [InlineData("👩🏽\u200D🚀")]
    [InlineData("👩🏻\u200D❤️\u200D💋\u200D👩🏿")]
    [InlineData("👨\u200D👩\u200D👧\u200D👦")]
    public void Sequence_for_general_interchange_is_taken(string emoji) => Assert.Equal(emoji, RgiEmoji.Check(emoji));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("1")]
    [InlineData("❤")]
    [InlineData("👍👍")]
    [InlineData("👍️")]
    [InlineData("👍 ")]
    [InlineData("🇩")]
    [InlineData("🇦🇦")]
    [InlineData("🏴\U000E0075\U000E0073\U000E0074\U000E0078\U000E007F")]
    [InlineData("😀🏽")]
    [InlineData("👩\u200D")]
    [InlineData("\u200D")]
    public void Anything_else_is_refused(string text) =>
        Assert.Equal(ErrorCodes.InvalidArgument, Assert.Throws<ChatHubException>(() => RgiEmoji.Check(text)).Code);
}
