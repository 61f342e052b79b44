using System.ComponentModel.DataAnnotations;

namespace ChatHub.Server.Outbox.Push;

/// <summary>The settings under <c>Push</c>.</summary>
public sealed class PushOptions : IValidatableObject
{
    /// <summary>Whom a push service can reach about this server: a mailto: or https: address. Some services refuse messages without it.</summary>
    public string Contact { get; set; } = "";

    /// <summary>Endpoints on this machine and in private networks are taken too, over http as well: for tests.</summary>
    public bool AllowPrivateAddresses { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Contact.Length > 0 && !(Uri.TryCreate(Contact, UriKind.Absolute, out var contact) && contact.Scheme is "mailto" or "https"))
            yield return new("Push:Contact must be a mailto: or https: address.", [nameof(Contact)]);
    }
}
