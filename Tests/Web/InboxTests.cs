using ChatHub.Tests.WebSdk;
using Xunit;

namespace ChatHub.Tests.Web;

/// <summary>The web inbox's own checks: strict types, and the tests of its pure parts.</summary>
public sealed class InboxTests
{
    [Theory]
    [InlineData("inbox")]
    [InlineData("page")]
    public async Task Types_and_own_tests_pass(string workspace) => await PackedWebSdk.NpmAsync("test", "--workspace", workspace);
}
