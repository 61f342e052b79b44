using ChatHub.Contracts;
using ChatHub.Server.Storage;
using ChatHub.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>Cursors come back as they were given, and nothing else does.</summary>
public sealed class CursorTests
{
    [Fact]
    public void Numbers_come_back() => Prop.ForAll<long, long>((first, second) =>
        Cursor.ReadNumbers(Cursor.Of(first, second), 2)!.SequenceEqual([first, second])).Holds();

    [Fact]
    public void No_cursor_is_the_first_page() => Assert.Null(Cursor.ReadNumbers(null, 2));

    [Fact]
    public void Any_text_is_read_or_refused_and_nothing_else() => Prop.ForAll<NonNull<string>>(text =>
    {
        try
        {
            Assert.Equal(2, Cursor.ReadNumbers(text.Get, 2)!.Length);
        }
        catch (ChatHubException e)
        {
            Assert.Equal(ErrorCodes.InvalidArgument, e.Code);
        }
    }).Holds();

    [Theory]
    [InlineData("")]
    [InlineData("%%%")]
    [InlineData("====")]
    [InlineData("MQ")] // one number
    [InlineData("MSwyLDM")] // three
    [InlineData("MSx4")] // a number and a letter
    [InlineData("MSw5OTk5OTk5OTk5OTk5OTk5OTk5OTk5")] // too large
    public void A_foreign_cursor_is_refused(string cursor) =>
        Assert.Equal(ErrorCodes.InvalidArgument, Assert.Throws<ChatHubException>(() => Cursor.ReadNumbers(cursor, 2)).Code);

    [Fact]
    public void An_empty_cursor_is_a_foreign_one_too() =>
        Assert.Equal(ErrorCodes.InvalidArgument, Assert.Throws<ChatHubException>(() => Cursor.Read("", 1)).Code);

    [Fact]
    public void A_page_has_a_cursor_only_when_a_row_is_left()
    {
        var full = Cursor.Page([1, 2, 3], 2, row => $"{row}", row => $"after {row}");
        Assert.Equal(["1", "2"], full.Items);
        Assert.Equal("after 2", full.NextCursor);
        Assert.Null(Cursor.Page([1, 2], 2, row => row, row => "").NextCursor);
    }
}
