using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>A refusal as text in a hub error, and back.</summary>
public sealed class ErrorFormTests
{
    [Fact]
    public void Every_code_comes_back_whatever_the_sentence_and_the_wait() => Prop.ForAll(
        Gen.Elements(AllCodes()).ToArbitrary(),
        ArbMap.Default.ArbFor<NonNull<string>>(),
        Gen.Choose(0, 100_000).ToArbitrary(),
        (code, sentence, seconds) =>
        {
            var sent = new ChatHubException(code, sentence.Get, seconds == 0 ? null : TimeSpan.FromSeconds(seconds));
            var read = ChatHubException.FromWire($"An unexpected error occurred invoking 'X' on the server. HubException: {sent.ToWire()}");

            Assert.Equal((sent.Code, sent.Message, sent.RetryAfter), (read.Code, read.Message, read.RetryAfter));
        }).Holds();

    [Fact]
    public void The_form_is_the_contracts()
    {
        Assert.Equal("not_followed: A sentence.", new ChatHubException("not_followed", "A sentence.").ToWire());
        Assert.Equal(
            "request_limit_reached;retryAfter=61: Wait.",
            new ChatHubException("request_limit_reached", "Wait.", TimeSpan.FromSeconds(60.2)).ToWire());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    [InlineData(-3)]
    public void Retry_after_is_never_less_than_a_second(double seconds) =>
        Assert.Equal(1, new ChatHubException("rate_limited", "Wait.", TimeSpan.FromSeconds(seconds)).RetryAfterSeconds);

    [Theory]
    [InlineData("Failed to invoke 'X' due to an error on the server.")]
    [InlineData("Unknown hub method 'X'")]
    public void An_error_without_a_code_reads_as_an_invalid_argument(string error) =>
        Assert.Equal(ErrorCodes.InvalidArgument, ChatHubException.FromWire(error).Code);

    private static string[] AllCodes() =>
        [.. typeof(ErrorCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!)];
}
