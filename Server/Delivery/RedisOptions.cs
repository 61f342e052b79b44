using System.ComponentModel.DataAnnotations;
using StackExchange.Redis;

namespace ChatHub.Server.Delivery;

/// <summary>The settings under <c>Redis</c>.</summary>
public sealed class RedisOptions : IValidatableObject
{
    /// <summary>
    /// In StackExchange.Redis's own format, passwords, TLS and <c>channelPrefix=</c> (for a Redis that is shared with
    /// others; keys get it too) included. Empty: one instance, no backplane.
    /// </summary>
    public string Configuration { get; set; } = "";

    public bool IsOff => string.IsNullOrWhiteSpace(Configuration);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsOff)
            yield break;
        if (Read() is not { EndPoints.Count: > 0 })
        {
            // The text may hold a password, so it is not repeated.
            yield return new("Redis:Configuration must name a server, as StackExchange.Redis has it: host:port,password=…", [nameof(Configuration)]);
        }
    }

    internal ConfigurationOptions? Read()
    {
        try
        {
            return ConfigurationOptions.Parse(Configuration);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
