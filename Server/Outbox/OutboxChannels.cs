namespace ChatHub.Server.Outbox;

/// <summary>Where an entry goes, as a number: the storage format.</summary>
public static class OutboxChannels
{
    /// <summary><see cref="Push"/> as SQL text has it.</summary>
    public const string PushSql = "0";

    /// <summary>Web Push.</summary>
    public const long Push = 0;

    /// <summary>The webhook <c>Webhooks:{index}</c>.</summary>
    public static long OfWebhook(int index) => index + 1;

    /// <summary>For operators.</summary>
    public static string NameOf(long channel) => channel == Push ? "Web Push" : $"Webhooks:{channel - 1}";
}
