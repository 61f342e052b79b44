using ChatHub.Contracts;

namespace ChatHub.Tests.Infrastructure;

/// <summary>Readiness, asked as balancers do.</summary>
public static class Readiness
{
    private const int MaxAttempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// The last of at most five attempts: each check of a dependency has a time limit, which a busy machine may exceed.
    /// </summary>
    /// <param name="server">Where.</param>
    /// <param name="status">Of the server as a whole, after which no further attempt is made.</param>
    /// <param name="path">Of the endpoint.</param>
    /// <param name="pass">Who asks.</param>
    public static async Task<HttpResult> HealthAsync(this ITestServer server, string status = "ok", string path = "/health/ready", Credentials? pass = null)
    {
        for (var attempts = 1; ; attempts++)
        {
            var answer = await server.HttpAsync("GET", path, pass ?? Credentials.None);
            if (attempts == MaxAttempts || answer.Read<Health>().Status == status)
                return answer;
            await Task.Delay(Pause, TestTimeouts.Token);
        }
    }
}
