using System.Reflection;
using System.Text.RegularExpressions;
using ChatHub.Server;
using ChatHub.Server.Storage;
using Xunit;

namespace ChatHub.Tests.Storage;

/// <summary>
/// Prepared statements are bound and read by position. Every one is run with values that differ, so that two swapped
/// arguments or columns of one type fail here, by name.
/// </summary>
public sealed partial class PreparedStatementTests
{
    /// <summary>Parameters that do not have the name of the argument or property that they are bound to.</summary>
    private static readonly HashSet<(string Parameter, string Source)> OtherNames =
    [
        ("sender", "SenderKey"), ("count", "SenderCount"), ("conversation", "conversationKey"), ("day", "now"), ("updatedAt", "now"),
        ("user", "SenderKey"), ("user", "peer"), ("user", "first"), ("user", "second"), ("other", "second"), ("version", "senderVersion"), ("version", "peerVersion"),
        ("pending", "PendingRequests"), ("filtered", "FilteredRequests"), ("conversations", "UnreadConversations"), ("messages", "UnreadMessages"),
    ];

    /// <summary>Columns whose property has neither their name nor, for the peer's row <c>p</c>, that with <c>Peer</c> before it.</summary>
    private static readonly Dictionary<string, string> OtherProperties = new()
    {
        ["own.messaging_policy"] = "Policy",
        ["u.messaging_policy"] = "PeerPolicy",
        ["u.user_id"] = "PeerId",
        ["u.removed_at"] = "PeerRemovedAt",
        ["u.push_count"] = "PeerHasPush",
        ["ban.user_key"] = "IsBanned",
        ["ban.until"] = "BannedUntil",
        ["mine.blocker_key"] = "YouBlocked",
        ["theirs.blocker_key"] = "PeerBlocked",
    };

    private static readonly FieldInfo[] Fields =
    [
        .. typeof(ChatHubApplication).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType.IsAssignableTo(typeof(PreparedStatement))),
    ];

    [Fact]
    public void Parameters_are_bound_to_the_arguments_of_their_name()
    {
        var calls = RecordedCalls.Of(Fields.Select(field => field.DeclaringType!).Distinct());

        Assert.Empty(Fields.Where(field => !calls.Any(call => call.Statement == field.GetValue(null))).Select(field => $"{field.DeclaringType!.Name}.{field.Name} was not run"));
        Assert.Empty(
            from call in calls
            from bound in call.Bound
            where bound.Source is { } source && !source.Equals(bound.Parameter, StringComparison.OrdinalIgnoreCase) && !OtherNames.Contains((bound.Parameter, source))
            select $"{call.Method}: @{bound.Parameter} is bound to {bound.Source}");
    }

    [Fact]
    public void Append_moves_each_side_to_its_own_version()
    {
        var moves = RecordedCalls.Of([typeof(Server.Conversations.MessageStore)])
            .Where(call => call.Method == "MessageStore.AppendAsync" && call.Statement.Parameters.Contains("version"))
            .Select(call => (call.Source("user"), call.Source("version")))
            .Distinct();

        Assert.Equal([("SenderKey", "senderVersion"), ("peer", "peerVersion")], moves);
    }

    [Fact]
    public void Columns_are_read_into_the_properties_of_their_name() =>
        Assert.Empty(Fields.Where(field => field.FieldType.IsGenericType && field.FieldType.GetGenericArguments()[0] != typeof(string)).SelectMany(Misread));

    private static IEnumerable<string> Misread(FieldInfo field)
    {
        var statement = (PreparedStatement)field.GetValue(null)!;
        var read = (Delegate)field.FieldType.GetProperty("Read")!.GetValue(statement)!;
        var properties = field.FieldType.GetGenericArguments()[0].GetProperties().Where(property => property.CanWrite).ToList();
        var columns = SelectList().Match(statement.Sql).Groups[1].Value.Split(',', StringSplitOptions.TrimEntries);
        var plain = Row(column: -1, isNull: false);
        for (var i = 0; i < columns.Length; i++)
        {
            object[] changed = [Row(i, isNull: false), Row(i, isNull: true)];
            var filled = properties.Where(property => changed.Any(row => !Equals(property.GetValue(row), property.GetValue(plain)))).Select(property => property.Name);
            if (string.Join(", ", filled) is var names && names != Property(columns[i]))
                yield return $"{field.DeclaringType!.Name}.{field.Name}: {columns[i]} is read into '{names}'";
        }

        object Row(int column, bool isNull) => read.DynamicInvoke(new OneColumn(column, isNull))!;
    }

    private static string Property(string column)
    {
        if (OtherProperties.TryGetValue(column, out var other))
            return other;
        var name = string.Concat(column.Split('.')[^1].Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return column.StartsWith("p.", StringComparison.Ordinal) ? $"Peer{name}" : name;
    }

    [GeneratedRegex(@"^\s*SELECT\s(.*?)\sFROM\s", RegexOptions.Singleline)]
    private static partial Regex SelectList();

    /// <summary>A row of zeros and empty texts, but for one column.</summary>
    private sealed class OneColumn(int at, bool isNull) : IColumnReader
    {
        public bool IsNull(int column) => isNull && column == at;
        public long Number(int column) => column == at ? 1 : 0;
        public string Text(int column) => column == at ? "text" : "";
    }
}
