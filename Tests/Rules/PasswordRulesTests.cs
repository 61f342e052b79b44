using ChatHub.Contracts;
using ChatHub.Server.People.Accounts;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>Which passwords are taken.</summary>
public sealed class PasswordRulesTests
{
    private const string Form = "password must be 8 to 128 characters, without control characters and others that show nothing.";
    private const string Length = "password must be 8 to 128 characters.";
    private const string Common = "password is one of the 10,000 most common passwords: choose another.";

    public static TheoryData<string> Lengths() => ["eightchr", new string('x', 128), string.Concat(Enumerable.Repeat("🦊", 128)), string.Concat(Enumerable.Repeat("e\u0301", 128))];

    public static TheoryData<string?, string> Refused() => new()
    {
        { null, "password is missing." },
        { "", Form },
        { "with\u0001control", Form },
        { "with\u200Bnothing", Form },
        { new('x', 1_025), Form },
        { "sevench", Length },
        { "🦊🦊🦊🦊🦊🦊🦊", Length },
        { new('x', 129), Length },
        { new('x', 1_024), Length },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Password_of_8_to_128_characters_is_taken_composed(string password) =>
        Assert.Equal(password.Normalize(), PasswordRules.CheckForm(password, "password"));

    [Theory]
    [MemberData(nameof(Refused))]
    public void Any_other_is_refused_with_the_limit(string? password, string sentence)
    {
        Assert.Equal(sentence, Refusal(() => PasswordRules.CheckForm(password, "password")));
        Assert.Equal(sentence, Refusal(() => PasswordRules.Check(password, "password", "alice")));
    }

    [Theory]
    [InlineData("password")]
    [InlineData("PassWord")]
    [InlineData("baseball")]
    [InlineData("12345678")]
    public void Common_password_is_refused_in_any_case(string password) =>
        Assert.Equal(Common, Refusal(() => PasswordRules.Check(password, "password", "alice")));

    [Theory]
    [InlineData("password!")]
    [InlineData("xbaseball")]
    [InlineData("a fox in socks")]
    public void Password_that_only_contains_a_common_one_is_taken(string password) =>
        Assert.Equal(password, PasswordRules.Check(password, "password", "alice"));

    [Theory]
    [InlineData("alice_liddell", "ALICE_liddell", true)]
    [InlineData("alice_liddell", "alice_liddell1", false)]
    [InlineData("alice_liddell", "alice liddell", false)]
    [InlineData("zoë.straße", "ZOE\u0308.STRASSE", true)]
    public void Username_is_no_password_however_it_is_written(string username, string password, bool isRefused) =>
        Assert.Equal(isRefused ? "newPassword must not be the username." : null, Refusal(() => PasswordRules.Check(password, "newPassword", username)));

    [Theory]
    [InlineData(1_024, true)]
    [InlineData(1_025, false)]
    public void Typed_text_is_prepared_up_to_8_times_the_limit(int length, bool isPrepared) =>
        Assert.Equal(isPrepared, PasswordRules.TryPrepare(new string('x', length)) is not null);

    private static string? Refusal(Func<string> check)
    {
        try
        {
            check();
            return null;
        }
        catch (ChatHubException e)
        {
            Assert.Equal(ErrorCodes.InvalidArgument, e.Code);
            return e.Message;
        }
    }
}
