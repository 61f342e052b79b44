using System.Globalization;
using System.Reflection;

namespace ChatHub.Server.Storage;

/// <summary>One numbered step of the schema, from an embedded <c>NNNN_name.sql</c>.</summary>
public sealed record Migration(int Number, string Name, string Sql)
{
    /// <summary>A dialect's migrations, by number.</summary>
    public static IReadOnlyList<Migration> Of(Dialect dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var folder = $"ChatHub.Server.Storage.Migrations.{dialect.Name}.";
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => Read(assembly, name, folder.Length)),
        ];
    }

    private static Migration Read(Assembly assembly, string resource, int start)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var name = resource[start..^".sql".Length];
        return new(int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
