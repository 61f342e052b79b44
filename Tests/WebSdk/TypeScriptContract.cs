using System.Text.RegularExpressions;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.WebSdk;

/// <summary>The web SDK's declaration of the wire, read from its source: enough of TypeScript for how these files are written.</summary>
internal sealed partial class TypeScriptContract
{
    private readonly string _source = string.Join('\n', ((string[])["contract.ts", "http-contract.ts"]).Select(file => File.ReadAllText(Repository.File("Client.Web", "client", "src", file))));
    private readonly Dictionary<string, (string[] Bases, string[] Properties)> _interfaces;

    public TypeScriptContract() => _interfaces = Interface().Matches(_source).ToDictionary(
        match => match.Groups["name"].Value,
        match => (match.Groups["bases"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), Names(Property(), match.Groups["body"].Value)));

    public IEnumerable<string> Interfaces => _interfaces.Keys;

    /// <summary>The properties of an interface, inherited ones included.</summary>
    public IEnumerable<string> PropertiesOf(string name) =>
        _interfaces.TryGetValue(name, out var found) ? [.. found.Properties, .. found.Bases.SelectMany(PropertiesOf)] : [];

    /// <summary>The values of a union of literals; none, if there is no such union.</summary>
    public string[] ValuesOf(string name)
    {
        var union = Regex.Match(_source, $@"export type {name} =(?<values>[^;]*);", RegexOptions.None, TimeSpan.FromSeconds(1));
        return Names(Literal(), union.Groups["values"].Value);
    }

    /// <summary>The names of a method's input and result.</summary>
    public (string Input, string Result) Method(string name)
    {
        var method = Regex.Match(_source, $@"^  {name}: {{ input: (?<input>\w+); result: (?<result>[\w<>]+)", RegexOptions.Multiline, TimeSpan.FromSeconds(1));
        return (method.Groups["input"].Value, method.Groups["result"].Value);
    }

    private static string[] Names(Regex pattern, string text) => [.. pattern.Matches(text).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex(@"export interface (?<name>\w+)(?:<T>)?(?: extends (?<bases>[^{]+))? \{(?<body>.*?)\n\}", RegexOptions.Singleline)]
    private static partial Regex Interface();

    [GeneratedRegex(@"^  (?<name>\w+)\??:", RegexOptions.Multiline)]
    private static partial Regex Property();

    [GeneratedRegex("'(?<name>[a-zA-Z_]+)'")]
    private static partial Regex Literal();
}
