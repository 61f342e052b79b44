using System.ComponentModel.DataAnnotations;

namespace ChatHub.Server.Hosting;

/// <summary>The settings under <c>Auth</c>.</summary>
public sealed class AuthOptions
{
    public const int ShortestKey = 32;

    /// <summary>Any text of 32 or more characters, used as UTF-8; empty: one is made on first start, beside the embedded database.</summary>
    public string SigningKey { get; set; } = "";

    [Range(1, 525_600)]
    public int AccessTokenMinutes { get; set; } = 720;
}
