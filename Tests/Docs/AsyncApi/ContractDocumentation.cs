using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ChatHub.Contracts;

namespace ChatHub.Tests.Docs.AsyncApi;

/// <summary>The summaries of the contract's docstrings.</summary>
internal sealed partial class ContractDocumentation
{
    private readonly Dictionary<string, string> _summaries;

    private ContractDocumentation(Dictionary<string, string> summaries) => _summaries = summaries;

    public static ContractDocumentation Read() => new(XDocument.Load(Path.ChangeExtension(typeof(IChatHub).Assembly.Location, ".xml"))
        .Descendants("member").Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")!)));

    public string Of(Type type) => Find($"T:{NameOf(type)}");

    public string Of(MethodInfo method) =>
        Find($"M:{NameOf(method.DeclaringType!)}.{method.Name}({NameOf(method.GetParameters()[0].ParameterType)})");

    /// <param name="type">The shape.</param>
    /// <param name="property">Its name on the wire.</param>
    public string Of(Type type, string property)
    {
        var name = char.ToUpperInvariant(property[0]) + property[1..];
        // Inherited ones are documented where they are declared.
        var declaring = type.GetProperty(name)?.DeclaringType ?? type;
        return Find($"P:{NameOf(declaring)}.{name}");
    }

    private string Find(string member) => _summaries.GetValueOrDefault(member, "");

    private static string NameOf(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition().FullName! : type.FullName!;

    private static string Text(XElement summary)
    {
        foreach (var reference in summary.Descendants("see").Concat(summary.Descendants("paramref")).ToList())
            reference.ReplaceWith((reference.Attribute("cref") ?? reference.Attribute("langword") ?? reference.Attribute("name"))?.Value.Split('.')[^1] ?? "");
        return Blanks().Replace(summary.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
