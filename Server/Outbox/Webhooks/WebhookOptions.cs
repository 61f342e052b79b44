using System.ComponentModel.DataAnnotations;
using System.Text;

namespace ChatHub.Server.Outbox.Webhooks;

/// <summary>The settings of one webhook, under <c>Webhooks:0</c>, <c>Webhooks:1</c> and so on.</summary>
public sealed class WebhookOptions : IValidatableObject
{
    private const string Base64Prefix = "whsec_";
    private const int ShortestSecret = 24;

    /// <summary>Where events are posted: https, or http where private addresses are allowed.</summary>
    public string Url { get; set; } = "";

    /// <summary>What they are signed with: <c>whsec_</c> and base64, as Standard Webhooks has it, or any text; 24 bytes or more.</summary>
    public string Secret { get; set; } = "";

    /// <summary>The events that are posted; none given: all.</summary>
    public IList<string> Events { get; } = [];

    /// <summary>Whether the texts of requests and messages are in it.</summary>
    public bool IncludeText { get; set; }

    /// <summary>Whether it may be on this machine or in a private network.</summary>
    public bool AllowPrivateAddresses { get; set; }

    internal int Index { get; set; }

    /// <summary>The bytes of <see cref="Secret"/>.</summary>
    public byte[] Key() => TryKey() ?? throw new InvalidOperationException("The secret was not validated.");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var address) || !(address.Scheme == Uri.UriSchemeHttps || (AllowPrivateAddresses && address.Scheme == Uri.UriSchemeHttp)))
            yield return new($"Webhooks:{Index}:Url must be an https address (http with AllowPrivateAddresses).", [nameof(Url)]);
        if (TryKey() is null)
            yield return new($"Webhooks:{Index}:Secret must be whsec_ and base64, or a text, of {ShortestSecret} or more bytes.", [nameof(Secret)]);
        foreach (var unknown in Events.Except(OutboxEventNames.All))
            yield return new($"Webhooks:{Index}:Events: there is no event '{unknown}', but {string.Join(", ", OutboxEventNames.All)}.", [nameof(Events)]);
    }

    private byte[]? TryKey()
    {
        var key = new byte[Secret.Length];
        var isBase64 = Secret.StartsWith(Base64Prefix, StringComparison.Ordinal);
        var bytes = !isBase64 ? Encoding.UTF8.GetBytes(Secret)
            : Convert.TryFromBase64String(Secret[Base64Prefix.Length..], key, out var length) ? key[..length]
            : [];
        return bytes.Length >= ShortestSecret ? bytes : null;
    }
}
