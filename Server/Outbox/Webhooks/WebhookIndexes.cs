using System.Globalization;

namespace ChatHub.Server.Outbox.Webhooks;

/// <summary>The numbers under which webhooks are configured.</summary>
public sealed record WebhookIndexes(IReadOnlyList<int> All)
{
    /// <summary>The name of a webhook's options.</summary>
    public static string NameOf(int index) => index.ToString(CultureInfo.InvariantCulture);
}
