using System.Buffers.Text;
using System.Security.Cryptography;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Outbox.Push;

/// <summary>
/// The key pair by which push services know this server (RFC 8292): made once and kept in the database, so that all
/// instances have the same one, and a backup has it too. A new one would end every subscription.
/// </summary>
public sealed class VapidKeys(IDatabase database)
{
    private const string Name = "vapid";

    private Task<VapidKeyPair>? _loading;

    /// <summary>The pair; read or made at the first call.</summary>
    public async Task<VapidKeyPair> GetAsync()
    {
        // Shared by all callers, so that none of them can cancel it.
        var loading = _loading ??= LoadAsync();
        try
        {
            return await loading;
        }
        catch
        {
            _ = Interlocked.CompareExchange(ref _loading, null, loading);
            throw;
        }
    }

    private async Task<VapidKeyPair> LoadAsync() =>
        VapidKeyPair.Parse(
            await database.ReadAsync(ReadAsync, CancellationToken.None)
            ?? await database.WriteAsync(EnsureAsync, committed: null, CancellationToken.None));

    private static Task<string?> ReadAsync(DbSession session) =>
        session.ScalarAsync<string>("SELECT value FROM server_state WHERE name = @name", new { name = Name });

    private static async Task<string> EnsureAsync(DbSession session)
    {
        if (await ReadAsync(session) is { } kept)
            return kept;
        var value = Make();
        await session.ExecuteAsync("INSERT INTO server_state (name, value) VALUES (@name, @value)", new { name = Name, value });
        return value;
    }

    private static string Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pair = key.ExportParameters(includePrivateParameters: true);
        return $"{Base64Url.EncodeToString([4, .. pair.Q.X!, .. pair.Q.Y!])}.{Base64Url.EncodeToString(pair.D)}";
    }
}
