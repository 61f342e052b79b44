using ChatHub.Contracts;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>Where a page ends: at its limit, or at 256 KiB of text.</summary>
public sealed class PageBoundsTests
{
    private const int Max = Limits.PageTextBytes;

    [Theory]
    [InlineData(new int[0], 0)]
    [InlineData(new[] { Max }, 1)]
    [InlineData(new[] { Max + 1 }, 1)]
    [InlineData(new[] { Max, 0 }, 2)]
    [InlineData(new[] { Max, 1 }, 1)]
    [InlineData(new[] { Max + 1, 0 }, 1)]
    [InlineData(new[] { 1, Max - 1, 1 }, 2)]
    public void Page_holds_one_item_and_then_as_many_as_fit(int[] sizes, int fitting) =>
        Assert.Equal(fitting, PageBounds.Fitting(sizes, size => size));

    [Fact]
    public void A_page_has_a_cursor_only_where_a_row_is_left()
    {
        var full = Page([1, 2, 3], limit: 2, size: 1);
        Assert.Equal(["1", "2"], full.Items);
        Assert.Equal("after 2", full.NextCursor);
        Assert.Null(Page([1, 2], limit: 2, size: 1).NextCursor);
        Assert.Null(Page([], limit: 2, size: 1).NextCursor);

        var heavy = Page([1, 2], limit: 2, size: Max);
        Assert.Equal(["1"], heavy.Items);
        Assert.Equal("after 1", heavy.NextCursor);
    }

    private static Page<string> Page(int[] rows, int limit, int size) =>
        PageBounds.Page(rows, limit, row => $"{row}", _ => size, row => $"after {row}");
}
