using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>No log holds a secret, however much is logged.</summary>
public sealed class SecretsTests
{
    [Fact]
    public async Task Tokens_passwords_and_keys_are_never_logged()
    {
        await using var server = await ServerProcess.StartAsync(
            ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"));
        var account = await Account.SignUpAsync(server, "alice");
        var expired = TestTokens.Make(account.Id, DateTimeOffset.UtcNow.AddSeconds(-61));
        var finished = server.Log.NextAsync("Request finished HTTP/1.1 GET");
        using (var hub = await RawHub.ConnectAsync(server, account.Token))
        {
            await hub.InvokeAsync("GetMe", "{}");
            await hub.InvokeAsync("UpdateProfile", """{"displayName":1}""");
        }

        await finished.SoonAsync();
        var refused = server.Log.NextAsync(" - 401 ");
        await Assert.ThrowsAnyAsync<Exception>(() => RawHub.ConnectAsync(server, expired));
        await refused.SoonAsync();

        var log = server.Log.Text;
        // It is the log of these calls.
        Assert.Contains(Limits.HubPath, log, StringComparison.Ordinal);
        Assert.Contains("api/accounts", log, StringComparison.Ordinal);
        string[] secrets =
        [
            account.Token, Signature(account.Token), expired, Signature(expired), Account.Password, ServerSettings.SigningKey, "access_token",
            .. await server.Database.ListAsync<string>("SELECT password_hash FROM credentials"),
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
    }

    // Without it, what is left of a token is no secret.
    private static string Signature(string token) => token.Split('.')[2];
}
