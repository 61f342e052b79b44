using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ChatHub.Benchmarks;

/// <summary>Access tokens as the server would issue them: the key is the run's own.</summary>
public static class BenchmarkTokens
{
    public const string SigningKey = "a-signing-key-of-the-benchmarks-0123456789";

    public static string Of(string userId)
    {
        var content = $"{Encode("""{"alg":"HS256","typ":"JWT"}""")}.{Encode($$"""{"sub":"{{userId}}","iss":"chathub","aud":"chathub","nbf":0,"exp":4102444800}""")}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(SigningKey), Encoding.ASCII.GetBytes(content));
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
