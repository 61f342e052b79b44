using System.Diagnostics;
using ChatHub.Benchmarks.Users;
using Microsoft.Data.Sqlite;

namespace ChatHub.Benchmarks.Growth;

/// <summary>
/// Fills a database that the server has created, in transactions of some ten thousand rows. Each notes how far it came, so that a
/// writer that was stopped goes on from there.
/// </summary>
public sealed class DataSetWriter : IDisposable
{
    private const int RowsPerTransaction = 40_000;
    private const int LongestPrefix = 8;
    private const long DayMs = 24L * 60 * 60 * 1000;
    private const string Text = "The quick brown fox jumps over the lazy dog, and then it does so once more, for the length of it.";

    private readonly DataSetSize _size;
    private readonly SqliteConnection _connection;
    private readonly long _begin; // when the oldest row was made
    private readonly long[] _versions; // of each user, so far
    private readonly Dictionary<string, SqliteCommand> _inserts = new(StringComparer.Ordinal);

    public DataSetWriter(DataSetSize size, string databaseFile, TimeProvider time)
    {
        _size = size;
        _versions = new long[size.Users];
        _connection = new SqliteConnection($"Data Source={databaseFile};Pooling=False;Foreign Keys=False");
        _connection.Open();
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000");
        Execute("CREATE TABLE IF NOT EXISTS benchmark_progress (step TEXT NOT NULL PRIMARY KEY, done INTEGER NOT NULL)");
        if (Done("begin") == 0)
            Note("begin", time.GetUtcNow().ToUnixTimeMilliseconds() - (90 * DayMs));
        _begin = Done("begin");
    }

    public void Write()
    {
        Run("users", _size.Users, rows: 20, AddUser);
        Run("requests", _size.WaitingRequests, rows: 10, AddRequest);
        Run("chats", _size.Chats, rows: 4, AddChat);
        Run("messages", _size.Chats, rows: Math.Max(1, _size.Messages / _size.Chats), AddMessages);
        Run("inboxes", _size.Users, rows: 1, AddInbox);
        // As an operator may: plans must be right with what SQLite then knows of the tables, and without.
        Execute("PRAGMA optimize = 0x10002");
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public void Dispose()
    {
        foreach (var command in _inserts.Values)
            command.Dispose();
        _connection.Dispose();
    }

    /// <summary>One step: from where the last run came to, with progress on the screen. A step that is done is only counted again.</summary>
    private void Run(string step, int count, int rows, Action<int, bool> add)
    {
        var done = (int)Done(step);
        for (var i = 0; i < done; i++)
            add(i, false);
        var shown = Stopwatch.GetTimestamp();
        while (done < count)
        {
            var until = Math.Min(count, done + Math.Max(1, RowsPerTransaction / rows));
            Execute("BEGIN");
            for (; done < until; done++)
                add(done, true);
            Note(step, done);
            Execute("COMMIT");
            if (Stopwatch.GetElapsedTime(shown).TotalSeconds < 2 && done < count)
                continue;
            shown = Stopwatch.GetTimestamp();
            Console.Error.WriteLine($"{_size.Name}: {step} {done:#,0} of {count:#,0}");
        }
    }

    private void AddUser(int user, bool write)
    {
        if (!write)
            return;
        var (username, name) = (Names.Username(user), Names.DisplayName(user));
        Insert("users (user_key, user_id, username, username_key, display_name, follower_count, following_count, created_at, joined_at)",
            Key(user), UserDirectory.UserId(user), username, username, name, user == 0 ? _size.PopularChats : 0, IsFollower(user) ? 1 : 0, _begin, _begin);
        foreach (var word in (string[])[username, name.ToLowerInvariant()])
        {
            for (var length = 1; length <= Math.Min(LongestPrefix, word.Length); length++)
                Insert("search_prefixes (prefix, username, word, is_word, user_key)", word[..length], username, word, word == username ? 0 : 1, Key(user));
        }

        if (IsFollower(user))
            Insert("follows (follower_key, followee_key, followed_at)", Key(user), Key(0), _begin + user);
    }

    private bool IsFollower(int user) => user >= 1 && user <= _size.PopularChats;

    private void AddRequest(int number, bool write)
    {
        var sender = 1 + _size.PopularChats + number;
        var (senderVersion, recipientVersion) = (++_versions[sender], ++_versions[0]);
        if (!write)
            return;
        var sentAt = _begin + (89 * DayMs) + number;
        Insert("requests (request_id, sender_key, recipient_key, client_id, text, sent_at, expires_at, state, counted, entry, arrived_in, sender_version, recipient_version)",
            $"request-{number}", Key(sender), Key(0), $"request-{number}", Text, sentAt, sentAt + (30 * DayMs), 0, 1, 0, 0, senderVersion, recipientVersion);
    }

    private void AddChat(int number, bool write)
    {
        var chat = Chat.Of(_size, number);
        var (low, high) = (++_versions[chat.Low], ++_versions[chat.High]);
        if (!write)
            return;
        var (lowSent, highSent) = ((chat.Messages + 1) / 2, chat.Messages / 2);
        Insert("conversations (conversation_key, conversation_id, low_key, high_key, opener_key, last_change)",
            Key(number), chat.Id, Key(chat.Low), Key(chat.High), Key(chat.Low), IsLong(chat) ? DataSet.Changes : 0);
        AddParticipant(chat, chat.Low, chat.High, lowSent, highSent, low);
        AddParticipant(chat, chat.High, chat.Low, highSent, lowSent, high);
    }

    /// <summary>Everything in it is seen.</summary>
    private void AddParticipant(Chat chat, int user, int peer, int sent, int peerSent, long version) =>
        Insert("participants (user_key, conversation_key, peer_key, sent_count, seen_count, seen_seq, shown_seq, seen_at, visible, active_version, opened_at, updated_at)",
            Key(user), Key(chat.Number), Key(peer), sent, peerSent, chat.Messages, chat.Messages, SentAt(chat), 1, version, _begin, SentAt(chat));

    private void AddMessages(int number, bool write)
    {
        if (!write)
            return;
        var chat = Chat.Of(_size, number);
        for (var seq = 1; seq <= chat.Messages; seq++)
        {
            Insert("messages (conversation_key, seq, sender_key, sender_count, client_id, text, sent_at)",
                Key(number), seq, Key(seq % 2 == 1 ? chat.Low : chat.High), (seq + 1) / 2, $"{number}-{seq}", Text, SentAt(chat) - chat.Messages + seq);
        }

        for (var change = 1; IsLong(chat) && change <= DataSet.Changes; change++)
            Insert("message_changes (conversation_key, seq, change, edited_at)", Key(number), change, change, SentAt(chat));
    }

    private void AddInbox(int user, bool write)
    {
        if (write)
            Insert("inboxes (user_key, version, pending_requests)", Key(user), _versions[user], user == 0 ? _size.WaitingRequests : 0);
    }

    private bool IsLong(Chat chat) => chat.Number == _size.PopularChats;

    private long SentAt(Chat chat) => _begin + (60 * DayMs) + chat.Number;

    // Keys begin with 1.
    private static long Key(int number) => number + 1L;

    /// <summary>Inserts one row. The table with its columns is one of this class' own constants.</summary>
    private void Insert(string table, params object[] values)
    {
        if (!_inserts.TryGetValue(table, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = $"INSERT INTO {table} VALUES ({string.Join(", ", values.Select((_, i) => $"$p{i}"))})";
            for (var i = 0; i < values.Length; i++)
                command.Parameters.AddWithValue($"$p{i}", values[i]);
            _inserts.Add(table, command);
        }

        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    private long Done(string step)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT done FROM benchmark_progress WHERE step = $step";
        command.Parameters.AddWithValue("$step", step);
        return command.ExecuteScalar() as long? ?? 0;
    }

    private void Note(string step, long done)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "INSERT INTO benchmark_progress (step, done) VALUES ($step, $done) ON CONFLICT (step) DO UPDATE SET done = excluded.done";
        command.Parameters.AddWithValue("$step", step);
        command.Parameters.AddWithValue("$done", done);
        command.ExecuteNonQuery();
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
