using System.Text.Json.Nodes;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Client.Updates;

/// <summary>The corpus of Tests/Client/Scripts, which the web SDK's tests run, too: the same rules in both.</summary>
public sealed class ScriptTests
{
    private static string Folder => Repository.File("Tests", "Client", "Scripts");

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Script_gives_its_updates_and_calls(string name)
    {
        var script = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, $"{name}.json"), TestTimeouts.Token))!.AsObject();
        var shapes = new ScriptShapes(JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "shapes.json"), TestTimeouts.Token))!.AsObject());
        await using var run = new ScriptRun(script, shapes);

        await run.StartAsync();
        foreach (var step in script["steps"]!.AsArray())
            await run.PlayAsync(step!.AsObject());
        await run.NothingElseAsync();
    }

    public static TheoryData<string> Scripts() =>
    [
        .. Directory.EnumerateFiles(Folder, "*.json")
            .Where(file => Path.GetFileName(file) != "shapes.json")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal),
    ];
}
