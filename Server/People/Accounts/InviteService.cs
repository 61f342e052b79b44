using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People.Accounts;

/// <summary>Codes for one sign-up each, where <c>Auth:SignUp</c> is <c>invite</c>. Only hashes are kept.</summary>
public sealed class InviteService(IDatabase database, TimeProvider time)
{
    public async Task<Invites> MakeAsync(InvitesInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the body");
        var count = (int)Arguments.Number(input.Count, "count", 1, Limits.InvitesMax);
        var hours = (int)Arguments.Number(input.ExpiresInHours, "expiresInHours", 1, Limits.InviteHoursMax);
        var codes = Enumerable.Range(0, count).Select(_ => OneTimeCode.New()).ToList();
        var expires = time.GetUtcNow().AddHours(hours).ToUnixTimeMilliseconds();
        await database.WriteAsync(LockScope.None, InsertAsync, cancellation);
        return new() { Codes = codes };

        async Task InsertAsync(DbSession session)
        {
            foreach (var code in codes)
            {
                await session.ExecuteAsync(
                    "INSERT INTO invites (code_hash, expires_at) VALUES (@hash, @expires)", new { hash = OneTimeCode.Hash(code), expires });
            }
        }
    }

    /// <returns>False where there is no such code, or it was used or has expired.</returns>
    internal static async Task<bool> UseAsync(DbSession session, string code, long now) =>
        await session.ExecuteAsync(
            "DELETE FROM invites WHERE code_hash = @hash AND expires_at > @now", new { hash = OneTimeCode.Hash(code), now }) > 0;
}
