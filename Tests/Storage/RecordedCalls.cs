using System.Reflection;
using ChatHub.Server.Storage;
using ChatHub.Tests.Delivery;
using Microsoft.Data.Sqlite;

namespace ChatHub.Tests.Storage;

/// <summary>
/// Calls every public method of stores with arguments that are all different, and records what their prepared statements
/// are bound to. Nothing is stored: a method that reads goes on as if there were no row.
/// </summary>
internal sealed class RecordedCalls : IPreparedConnection
{
    // A value divided by a day is still a value of its own.
    private const long Step = 24 * 60 * 60 * 1000;

    // Beyond every constant of the code.
    private const long First = 1_000;

    private readonly List<RecordedCall> _calls = [];
    private readonly Dictionary<object, string> _sources = [];
    private readonly bool _withOptional;
    private string _method = "";

    private RecordedCalls(bool withOptional) => _withOptional = withOptional;

    /// <summary>Once with all values, and once without those that may be null.</summary>
    public static IReadOnlyList<RecordedCall> Of(IEnumerable<Type> stores) =>
        [.. stores.SelectMany(store => ((bool[])[true, false]).SelectMany(withOptional => new RecordedCalls(withOptional).CallAll(store)))];

    public ValueTask ExecuteAsync(PreparedStatement statement, ReadOnlySpan<SqlParameterValue> values)
    {
        Record(statement, values);
        return default;
    }

    public ValueTask<List<T>> ListAsync<T>(PreparedStatement<T> statement, ReadOnlySpan<SqlParameterValue> values)
    {
        Record(statement, values);
        return new([]);
    }

    public ValueTask<T?> FirstAsync<T>(PreparedStatement<T> statement, ReadOnlySpan<SqlParameterValue> values)
        where T : class
    {
        Record(statement, values);
        return default;
    }

    private List<RecordedCall> CallAll(Type type)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        var session = new DbSession(connection, this);
        var hasDatabase = type.GetConstructors().Single().GetParameters().Length > 0;
        var store = hasDatabase ? Activator.CreateInstance(type, new StubDatabase()) : Activator.CreateInstance(type);
        foreach (var method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            _method = $"{type.Name}.{method.Name}";
            // What it throws for want of rows is in its task; everything completes at once.
            _ = method.Invoke(store, [.. method.GetParameters().Select(argument => argument.ParameterType == typeof(DbSession) ? session : Value(argument.ParameterType, argument.Name!))]);
        }

        return _calls;
    }

    private object? Value(Type type, string name)
    {
        if (Nullable.GetUnderlyingType(type) is { } optional)
            return _withOptional ? Value(optional, name) : null;
        if (type == typeof(long))
            return Named((_sources.Count + First) * Step, name);
        if (type == typeof(int))
            return (int)(long)Named((_sources.Count + First) * 1_000L, name);
        if (type == typeof(string))
            return Named($"text {_sources.Count}", name);
        if (type.IsArray || type.IsInterface)
            return Array.CreateInstance(type.GetElementType() ?? type.GetGenericArguments()[0], 0);
        var value = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
            property.SetValue(value, Value(property.PropertyType, property.Name));
        return value;
    }

    private object Named(object value, string name)
    {
        _sources.Add(value, name);
        if (value is long number && number % Step == 0)
            _sources.Add(number / Step, name);
        return value;
    }

    private void Record(PreparedStatement statement, ReadOnlySpan<SqlParameterValue> values)
    {
        var bound = new List<(string, string?)>();
        for (var i = 0; i < values.Length; i++)
            bound.Add((statement.Parameters[i], (values[i].IsNumber ? values[i].Number : (object?)values[i].Text) is { } value ? _sources.GetValueOrDefault(value) : null));
        _calls.Add(new(_method, statement, bound));
    }
}
