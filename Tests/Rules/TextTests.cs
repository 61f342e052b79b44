using System.Text;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>The rules of texts and names, code point by code point.</summary>
public sealed class TextTests
{
    [Fact]
    public void The_66_noncharacters_are_refused_and_nothing_else_but_controls()
    {
        var refused = Enumerable.Range(1, 0x10FFFF).Where(Rune.IsValid).Where(codePoint => !IsTaken($"a{new Rune(codePoint)}b")).ToList();

        var controls = Enumerable.Range(1, 0x1F).Where(c => c is not ('\t' or '\n' or '\r')).Concat(Enumerable.Range(0x7F, 0x21));
        var noncharacters = Enumerable.Range(0xFDD0, 32).Concat(Enumerable.Range(0, 17).SelectMany(plane => (int[])[(plane << 16) + 0xFFFE, (plane << 16) + 0xFFFF]));
        Assert.Equal(controls.Concat(noncharacters).Order(), refused);
    }

    [Theory]
    [InlineData("\u200B")]
    [InlineData("\u3164")]
    [InlineData("\u2800")]
    [InlineData("\u00AD\u2060\uFEFF")]
    [InlineData("\u115F\u1160\uFFA0")]
    [InlineData("\u202E\u2066")]
    [InlineData("\uFE0F\u034F")]
    [InlineData("\u180B\u180F\uFE00")]
    [InlineData("\uFFF0\uFFF8")]
    [InlineData("\U000E0000\U000E0FFF")]
    [InlineData("\U000E0041\U000E007F")]
    [InlineData(" \u3000\u200D\t\r\n\u2800 ")]
    public void A_text_that_shows_nothing_is_empty(string text)
    {
        Assert.Equal("text is empty.", Refusal(() => Arguments.Text(text, "text", 1, 100)));
        Assert.Equal("", Arguments.Text(text, "text", 0, 100));
    }

    [Theory]
    [InlineData("a\u200Bb")]
    [InlineData("👩‍👩‍👧")]
    [InlineData("می‌خواهم")]
    [InlineData("1️⃣")]
    public void Invisible_characters_are_accepted_beside_visible_ones(string text) => Assert.Equal(text, Arguments.Text(text, "text", 1, 100));

    [Fact]
    public void Any_taken_text_is_well_formed_has_no_carriage_return_and_can_be_normalised() => Prop.ForAll<NonNull<string>>(text =>
    {
        try
        {
            var taken = Arguments.Text(text.Get, "text", 0, int.MaxValue);
            Assert.DoesNotContain('\r', taken);
            _ = TextFolding.Fold(taken);
        }
        catch (ChatHubException e)
        {
            Assert.Equal(ErrorCodes.InvalidArgument, e.Code);
        }
    }).Holds();

    [Theory]
    [InlineData("Anna Maria")]
    [InlineData("Nguyễn Thị Ánh")]
    [InlineData("שָׁלוֹם")]
    [InlineData("สมชาย ใจดี")]
    [InlineData("བསྒྲུབས")]
    [InlineData("O'Neil 🦊 1️⃣")]
    [InlineData("👨‍👩‍👧‍👦")]
    [InlineData("Removed users")]
    [InlineData("User, removed")]
    public void A_name_is_taken_as_it_is(string name) => Assert.Equal(name, Arguments.DisplayName(name));

    [Theory]
    [InlineData("Anna\nMaria", "line")]
    [InlineData("Anna\r\nMaria", "line")]
    [InlineData("Anna\u2028Maria", "line")]
    [InlineData("Anna \u202Eairam", "direction")]
    [InlineData("Anna\u200F", "direction")]
    [InlineData("\u2067Anna\u2069", "direction")]
    [InlineData("a\u0301\u0302\u0303\u0304", "marks")]
    [InlineData("ế\u0301\u0302", "marks")]
    [InlineData("a\u0301\u0302\u0303\u200D\u0304", "marks")]
    [InlineData("\u0301\u0302\u0303\u0304", "marks")]
    [InlineData("Anna ✓", "check mark")]
    [InlineData("Anna ✔️", "check mark")]
    [InlineData("Anna ✅", "check mark")]
    [InlineData("☑ Anna", "check mark")]
    [InlineData("Anna 🗸", "check mark")]
    [InlineData("Removed user", "removed")]
    [InlineData("REMOVED  USER.", "removed")]
    [InlineData("Rеmоvеd usеr", "removed")] // Cyrillic
    [InlineData("Ｒｅｍｏｖｅｄ　ｕｓｅｒ", "removed")]
    [InlineData("𝐑𝐞𝐦𝐨𝐯𝐞𝐝 𝐮𝐬𝐞𝐫", "removed")]
    [InlineData("Rem\u00ADoved user", "removed")]
    [InlineData("Rémøvëd üser", "removed")]
    [InlineData("Rern0ved u5er", "removed")]
    [InlineData("\u2800", "empty")]
    public void A_name_that_passes_for_something_else_is_refused(string name, string named) =>
        Assert.Contains(named, Refusal(() => Arguments.DisplayName(name)), StringComparison.Ordinal);

    [Theory]
    [InlineData("İpek Işık", "ipek isik")]
    [InlineData("ışık", "isik")]
    [InlineData("Straße STRAẞE", "strasse strasse")]
    [InlineData("ΟΔΥΣΣΕΥΣ Οδυσσευς", "οδυσσευσ οδυσσευσ")]
    [InlineData("Łódź Øster Đorđe Ħal", "lodz oster dorde hal")]
    [InlineData("Ærø Œuvre Þór", "aero oeuvre thor")]
    [InlineData("ﬁne Ⅳ ①", "fine iv 1")]
    [InlineData("Ｆｕｌｌ", "full")]
    public void Folding_leaves_plain_letters(string text, string folded) => Assert.Equal(folded, TextFolding.Fold(text));

    private static bool IsTaken(string text)
    {
        try
        {
            _ = Arguments.Text(text, "text", 1, 10);
            return true;
        }
        catch (ChatHubException)
        {
            return false;
        }
    }

    private static string Refusal(Func<object> check) => Assert.Throws<ChatHubException>(check).Message;
}
