using ChatHub.Contracts;
using Xunit;

namespace ChatHub.Tests.Client;

public sealed class HubErrorTests
{
    private const string Framework = "An unexpected error occurred invoking 'SendRequest' on the server. HubException: ";

    [Theory]
    [InlineData("not_followed: No.", "not_followed", "No.", null)]
    [InlineData(Framework + "not_followed: No.", "not_followed", "No.", null)]
    [InlineData(Framework + "rate_limited;retryAfter=3: Slow down: please.", "rate_limited", "Slow down: please.", 3)]
    [InlineData(Framework + "conflict: Two\nlines.", "conflict", "Two\nlines.", null)]
    [InlineData("Failed to invoke 'GetMe' due to an error on the server.", "invalid_argument", "Failed to invoke 'GetMe' due to an error on the server.", null)]
    public void FromWire_reads_the_code_out_of_the_frameworks_text(string hubError, string code, string sentence, int? seconds)
    {
        var refusal = ChatHubException.FromWire(hubError);

        Assert.Equal(code, refusal.Code);
        Assert.Equal(sentence, refusal.Message);
        Assert.Equal(seconds, refusal.RetryAfterSeconds);
    }

    [Fact]
    public void ToWire_is_read_back_by_FromWire()
    {
        var written = new ChatHubException(ErrorCodes.RateLimited, "Too many calls.", TimeSpan.FromMilliseconds(1_500)).ToWire();

        Assert.Equal("rate_limited;retryAfter=2: Too many calls.", written);
        Assert.Equal(TimeSpan.FromSeconds(2), ChatHubException.FromWire(written).RetryAfter);
    }
}
