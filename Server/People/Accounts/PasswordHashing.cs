using Microsoft.AspNetCore.Identity;

namespace ChatHub.Server.People.Accounts;

/// <summary>Makes and verifies password hashes, a few at a time.</summary>
public sealed class PasswordHashing(WorkGate gate)
{
    private static readonly PasswordHasher<string> Hasher = new();

    // Verified when there is no such user, so that the time of a response does not disclose whether there is.
    private static readonly Lazy<string> DummyHash = new(() => Hasher.HashPassword("", Guid.NewGuid().ToString()));

    /// <param name="password">Prepared.</param>
    /// <param name="cancellation">While it waits.</param>
    public Task<string> HashAsync(string password, CancellationToken cancellation) =>
        gate.RunAsync(() => Hasher.HashPassword("", password), cancellation);

    /// <param name="hash">Null where there is no such account: it takes as long.</param>
    /// <param name="typed">As typed.</param>
    /// <param name="cancellation">While it waits.</param>
    public Task<bool> VerifyAsync(string? hash, string typed, CancellationToken cancellation) =>
        gate.RunAsync(
            () =>
            {
                var prepared = PasswordRules.TryPrepare(typed);
                var result = Hasher.VerifyHashedPassword("", hash ?? DummyHash.Value, prepared ?? "");
                return hash is not null && prepared is not null && result != PasswordVerificationResult.Failed;
            },
            cancellation);
}
