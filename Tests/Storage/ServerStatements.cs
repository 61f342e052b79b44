using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ChatHub.Server.Storage;

namespace ChatHub.Tests.Storage;

/// <summary>
/// The server's statements, read from its assembly: those that are made with a dialect from the fields that hold them, prepared ones and
/// those made of parts from theirs, all others from the literals.
/// </summary>
internal static partial class ServerStatements
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private const BindingFlags Instance = Own | BindingFlags.Instance;
    private static readonly string[] Verbs = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE "];
    private static readonly string[] Open = ["SELECT", "FROM", "WHERE", "WHEN", "AND", "."];
    private static readonly Assembly Server = typeof(IDatabase).Assembly;

    /// <summary>Complete statements, for a dialect.</summary>
    public static IReadOnlyList<string> WithDialect(Dialect dialect) =>
        [.. Server.GetTypes().Where(TakesDatabase).SelectMany(type => Texts(type, dialect)).Where(IsStatement).Distinct()];

    /// <summary>Those that fields of the types hold: prepared ones, and texts made of parts, of which some may be no complete statement.</summary>
    public static IReadOnlyList<string> Fixed() =>
        [.. Server.GetTypes().Where(type => !type.ContainsGenericParameters).SelectMany(type => type.GetFields(Own | BindingFlags.Static)).Select(FixedText).OfType<string>().Where(IsStatement).Distinct()];

    /// <summary>Of all literals those that begin as a statement does, and that no other text has to complete.</summary>
    public static IReadOnlyList<string> Literals()
    {
        using var file = new PEReader(File.OpenRead(Server.Location));
        var metadata = file.GetMetadataReader();
        var texts = new List<string>();
        for (var handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = metadata.GetNextHandle(handle))
            texts.Add(metadata.GetUserString(handle));
        return [.. texts.Where(text => IsStatement(text) && !IsOpen(text)).Distinct()];
    }

    /// <summary>A statement as Dapper sends it: a list's parameter gets its brackets, and its members, from there.</summary>
    public static string WithLists(string sql) => List().Replace(sql, "IN ($1)");

    /// <summary>The parameters' names, each once.</summary>
    public static IEnumerable<string> Parameters(string sql) => Parameter().Matches(sql).Select(match => match.Value).Distinct();

    [GeneratedRegex(@"\bIN (@\w+)")]
    private static partial Regex List();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();

    private static bool IsOpen(string text) =>
        text.Count(c => c == '(') != text.Count(c => c == ')') || Open.Any(end => text.TrimEnd().EndsWith(end, StringComparison.Ordinal));

    // "DELETE /api/…" is a log's or the documentation's.
    private static bool IsStatement(string text) =>
        Verbs.Any(verb => text.StartsWith(verb, StringComparison.Ordinal)) && !text.StartsWith("DELETE /", StringComparison.Ordinal);

    private static bool TakesDatabase(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
        && type.GetConstructors(Instance).Any(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == typeof(IDatabase)));

    /// <summary>The texts in the fields of an object whose constructor had only a database.</summary>
    private static IEnumerable<string> Texts(Type type, Dialect dialect)
    {
        var constructor = type.GetConstructors(Instance).First();
        object one;
        try
        {
            one = constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.ParameterType == typeof(IDatabase) ? new NoDatabase(dialect) : Default(parameter))]);
        }
        catch (TargetInvocationException)
        {
            // Needs more than a database: it is no store.
            return [];
        }

        return type.GetFields(Instance).Select(field => field.GetValue(one)).SelectMany(value => value switch
        {
            string text => [text],
            string[] texts => texts,
            _ => Array.Empty<string>(),
        });
    }

    private static string? FixedText(FieldInfo field) => field.FieldType == typeof(string) || field.FieldType.IsAssignableTo(typeof(PreparedStatement))
        ? field.GetValue(null) switch { string text => text, PreparedStatement statement => statement.Sql, _ => null }
        : null;

    private static object? Default(ParameterInfo parameter) =>
        parameter.ParameterType.IsValueType ? RuntimeHelpers.GetUninitializedObject(parameter.ParameterType) : null;

    private sealed class NoDatabase(Dialect dialect) : IDatabase
    {
        public Dialect Dialect => dialect;

        public string Epoch => throw new NotSupportedException();

        public Task InitializeAsync(CancellationToken cancellation) => throw new NotSupportedException();

        public Task<T> ReadAsync<T>(Func<DbSession, Task<T>> query, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<T> WriteAsync<T>(LockScope scope, Func<DbSession, Task<T>> command, Action<T>? committed, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<T> WriteAsync<T>(Func<DbSession, Task<T>> command, Action<T>? committed, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }
}
