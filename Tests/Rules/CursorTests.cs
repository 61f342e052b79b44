using System.Text;
using ChatHub.Contracts;
using ChatHub.Server.Storage;
using ChatHub.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>Cursors return what they were given, to their list and their caller alone.</summary>
public sealed class CursorTests
{
    private static readonly Cursors Cursors = new(Encoding.UTF8.GetBytes(ServerSettings.SigningKey));
    private static readonly CursorScope Scope = new("list", "alice");

    [Fact]
    public void Numbers_come_back() => Prop.ForAll<long, long>((first, second) =>
        Cursors.ReadNumbers(Scope, Cursors.Write(Scope, first, second), 2)!.SequenceEqual([first, second])).Holds();

    [Fact]
    public void An_empty_text_comes_back() => Assert.Equal("", Cursors.ReadText(Scope, Cursors.Write(Scope, "")));

    [Fact]
    public void A_text_comes_back() => Assert.Equal("müller_9", Cursors.ReadText(Scope, Cursors.Write(Scope, "müller_9")));

    [Fact]
    public void No_cursor_is_the_first_page()
    {
        Assert.Null(Cursors.ReadNumbers(Scope, null, 2));
        Assert.Null(Cursors.ReadText(Scope, null));
    }

    [Fact]
    public void Another_instance_with_the_same_signing_key_reads_it() =>
        Assert.Equal([7], new Cursors(Encoding.UTF8.GetBytes(ServerSettings.SigningKey)).ReadNumbers(Scope, Cursors.Write(Scope, 7), 1)!);

    [Theory]
    [InlineData("list", "bob")]
    [InlineData("other list", "alice")]
    [InlineData("lista", "lice")]
    public void Another_list_or_caller_refuses_it(string list, string caller) =>
        AssertForeign(() => Cursors.ReadNumbers(new(list, caller), Cursors.Write(Scope, 7), 1));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Another_count_of_keys_refuses_it(int count) =>
        AssertForeign(() => Cursors.ReadNumbers(Scope, Cursors.Write(Scope, 7, 8), count));

    [Fact]
    public void Another_signing_key_refuses_it() =>
        AssertForeign(() => new Cursors(new byte[32]).ReadNumbers(Scope, Cursors.Write(Scope, 7), 1));

    [Fact]
    public void Cursor_length_and_text_disclose_no_number()
    {
        var cursors = ((long[])[0, 1, 2, 1_000_000, long.MaxValue]).Select(key => Cursors.Write(Scope, key)).ToList();
        Assert.Single(cursors.Select(cursor => cursor.Length).Distinct());
        // Neighbours share no beginning, as an encoding or a counter would.
        Assert.Equal(cursors.Count, cursors.Select(cursor => cursor[..4]).Distinct().Count());
    }

    [Fact]
    public void A_changed_character_anywhere_refuses_it()
    {
        var cursor = Cursors.Write(Scope, 7, 8);
        for (var i = 0; i < cursor.Length; i++)
        {
            var changed = $"{cursor[..i]}{(cursor[i] == 'A' ? 'Q' : 'A')}{cursor[(i + 1)..]}";
            AssertForeign(() => Cursors.ReadNumbers(Scope, changed, 2));
        }
    }

    [Fact]
    public void Any_other_text_is_refused() => Prop.ForAll<NonNull<string>>(text => AssertForeign(() => Cursors.ReadNumbers(Scope, text.Get, 2))).Holds();

    [Theory]
    [InlineData("")]
    [InlineData("%%%")]
    [InlineData("====")]
    [InlineData("MSwy")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_foreign_cursor_is_refused(string cursor)
    {
        AssertForeign(() => Cursors.ReadNumbers(Scope, cursor, 2));
        AssertForeign(() => Cursors.ReadText(Scope, cursor));
    }

    private static void AssertForeign(Func<object?> read)
    {
        var refused = Assert.Throws<ChatHubException>(read);
        Assert.Equal((ErrorCodes.InvalidArgument, "cursor must be a nextCursor of the same list."), (refused.Code, refused.Message));
    }
}
