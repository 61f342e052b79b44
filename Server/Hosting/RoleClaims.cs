using System.Security.Claims;
using System.Text.Json;

namespace ChatHub.Server.Hosting;

/// <summary>Finds the roles in an issuer's claims, which each issuer writes in its own way. Pure.</summary>
public static class RoleClaims
{
    private static readonly string[] SpaceSeparated = ["scope", "scp"];

    /// <param name="issued">The claims.</param>
    /// <param name="path">A claim's name; or, after it, dots and the names of members of the JSON object that it holds.</param>
    public static IEnumerable<string> Read(ClaimsPrincipal issued, string path)
    {
        ArgumentNullException.ThrowIfNull(issued);
        ArgumentNullException.ThrowIfNull(path);
        // The whole name first: names of claims are often addresses, with dots in them.
        var named = issued.FindAll(path).Select(claim => claim.Value).ToList();
        if (named.Count > 0)
            return SpaceSeparated.Contains(path) ? named.SelectMany(value => value.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : named;
        var parts = path.Split('.');
        return parts.Length == 1 ? [] : issued.FindAll(parts[0]).SelectMany(claim => Within(claim.Value, parts[1..]));
    }

    private static List<string> Within(string json, string[] members)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var element = document.RootElement;
            foreach (var member in members)
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(member, out element))
                    return [];
            }

            return element.ValueKind switch
            {
                JsonValueKind.String => [element.GetString()!],
                JsonValueKind.Array => [.. element.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
                _ => [],
            };
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
