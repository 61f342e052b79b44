using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ChatHub.Contracts;

namespace ChatHub.Server.Storage;

/// <summary>
/// Keyset paging: a cursor holds the sort keys of a page's last item, encrypted (AES-256-GCM) and bound to its list and its
/// caller, so that it discloses no key and no count, and is good nowhere else. Its key is derived from the signing key:
/// every instance can read the cursors of the others.
/// </summary>
public sealed class Cursors
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] _encryptionKey;
    private readonly byte[] _nonceKey;

    /// <param name="signingKey">The secret that all instances share.</param>
    public Cursors(byte[] signingKey)
    {
        _encryptionKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, signingKey, KeyBytes, info: "chathub cursor encryption"u8.ToArray());
        _nonceKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, signingKey, KeyBytes, info: "chathub cursor nonce"u8.ToArray());
    }

    /// <summary>A cursor of numeric keys. Its length depends on their count alone.</summary>
    public string Write(CursorScope scope, params ReadOnlySpan<long> keys)
    {
        var plain = new byte[keys.Length * sizeof(long)];
        for (var i = 0; i < keys.Length; i++)
            BinaryPrimitives.WriteInt64BigEndian(plain.AsSpan(i * sizeof(long)), keys[i]);
        return Encrypt(scope, plain);
    }

    /// <summary>A cursor of one text key.</summary>
    public string Write(CursorScope scope, string key) => Encrypt(scope, Encoding.UTF8.GetBytes(key));

    /// <summary>The numeric keys; null for the first page. Throws invalid_argument for any cursor that this list did not give this caller.</summary>
    /// <param name="scope">The list and its caller.</param>
    /// <param name="cursor">As the caller sent it.</param>
    /// <param name="count">How many keys the list has.</param>
    public long[]? ReadNumbers(CursorScope scope, string? cursor, int count)
    {
        if (cursor is null)
            return null;
        var plain = Decrypt(scope, cursor);
        if (plain.Length != count * sizeof(long))
            throw Foreign();
        var keys = new long[count];
        for (var i = 0; i < count; i++)
            keys[i] = BinaryPrimitives.ReadInt64BigEndian(plain.AsSpan(i * sizeof(long)));
        return keys;
    }

    /// <summary>The text key; null for the first page. Throws invalid_argument as <see cref="ReadNumbers"/> does.</summary>
    public string? ReadText(CursorScope scope, string? cursor) => cursor is null ? null : Encoding.UTF8.GetString(Decrypt(scope, cursor));

    // Laid out as nonce, tag, ciphertext. The nonce is a keyed hash of what is encrypted: it repeats only with the whole
    // cursor, however many are made, and the same place in a list has the same cursor.
    private string Encrypt(CursorScope scope, byte[] plain)
    {
        var bound = Bind(scope);
        var bytes = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = bytes.AsSpan(0, NonceBytes);
        byte[] whole = [.. bound, .. plain];
        HMACSHA256.HashData(_nonceKey, whole).AsSpan(0, NonceBytes).CopyTo(nonce);
        using var aes = new AesGcm(_encryptionKey, TagBytes);
        aes.Encrypt(nonce, plain, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), bound);
        return Base64Url.EncodeToString(bytes);
    }

    private byte[] Decrypt(CursorScope scope, string cursor)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(cursor);
            if (bytes.Length < NonceBytes + TagBytes)
                throw Foreign();
            var plain = new byte[bytes.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(_encryptionKey, TagBytes);
            aes.Decrypt(
                bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), plain, Bind(scope));
            return plain;
        }
        catch (Exception e) when (e is FormatException or AuthenticationTagMismatchException)
        {
            throw Foreign();
        }
    }

    // Length-prefixed, so that no two scopes read the same.
    private static byte[] Bind(CursorScope scope) => Encoding.UTF8.GetBytes($"{scope.List.Length}:{scope.List}{scope.CallerId.Length}:{scope.CallerId};");

    private static ChatHubException Foreign() => Arguments.Invalid("cursor must be a nextCursor of the same list.");
}
