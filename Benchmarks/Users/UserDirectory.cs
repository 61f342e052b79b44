using System.Text;
using System.Text.Json;
using ChatHub.Contracts;

namespace ChatHub.Benchmarks.Users;

/// <summary>Users that the host application brings: an import is faster than signing up, which hashes a password for each.</summary>
public static class UserDirectory
{
    public const string ServiceKey = "a-service-key-of-the-benchmarks-0123456789";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static string UserId(int user) => $"user-{user}";

    /// <summary>Brings users 0 to <paramref name="count"/> - 1.</summary>
    public static async Task ImportAsync(Uri server, int count, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = server, Timeout = Longest };
        http.DefaultRequestHeaders.Add("X-Api-Key", ServiceKey);
        using var lines = new StringContent(string.Concat(Enumerable.Range(0, count).Select(Line)), Encoding.UTF8, "application/x-ndjson");
        using var response = await http.PostAsync("/api/directory/import", lines, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        if (!response.IsSuccessStatusCode || JsonSerializer.Deserialize(text, ContractJson.Default.ImportReport) is not { Failed: 0 } report || report.Users != count)
            throw new BenchmarkException($"importing users: {response.StatusCode} {text}");
    }

    private static string Line(int user)
    {
        var line = new ImportLine { Type = ImportType.User, UserId = UserId(user), Username = $"user.{user}", DisplayName = $"User {user}" };
        return JsonSerializer.Serialize(line, ContractJson.Default.ImportLine) + "\n";
    }
}
