using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>Refuses a certificate that the system does not trust, as the client library does by itself; but it does not tell why.</summary>
internal sealed class CertificateCheck
{
    /// <summary>Why one was refused; null if none was.</summary>
    public string? Refusal { get; private set; }

    public bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        var statuses = chain?.ChainStatus.Select(status => $"{status.Status}") ?? [];
        Refusal = $"its certificate, {certificate?.Subject ?? "none"}, is not trusted: {string.Join(", ", [$"{errors}", .. statuses])}";
        return false;
    }
}
