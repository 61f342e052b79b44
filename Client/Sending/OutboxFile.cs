using System.Text;

namespace ChatHub.Client.Sending;

/// <summary>
/// The outbox on disk: an append-only log with one record a line, truncated when nothing is left to send. A message is on
/// disk before it counts as added. Readable by its owner only; open in one process at a time.
/// </summary>
internal sealed class OutboxFile : IDisposable
{
    /// <summary>With more lines than this, the file is rewritten without what is done.</summary>
    public const int MaxLines = 10_000;

    private readonly string _path;
    private FileStream _stream;
    private int _lines;

    private OutboxFile(string path)
    {
        _path = path;
        _stream = Open(path, FileMode.OpenOrCreate);
    }

    /// <param name="path">The file, created if it is missing.</param>
    /// <param name="pending">Unsent messages of an earlier run, oldest first.</param>
    /// <exception cref="IOException">The file cannot be opened, or another process has it open.</exception>
    public static OutboxFile Open(string path, out IReadOnlyList<OutboxItem> pending)
    {
        var file = new OutboxFile(path);
        try
        {
            pending = file.Read();
            file.Rewrite(pending);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Added(OutboxItem item) => Append(RecordOf(item), toDisk: true);

    public void Attempted(OutboxItem item) => WriteIfPossible(() => Append(AttemptedRecordOf(item), toDisk: false));

    public void Done(OutboxItem item, IReadOnlyCollection<OutboxItem> pending) => WriteIfPossible(() =>
    {
        if (pending.Count == 0 || _lines >= MaxLines + pending.Count)
            Rewrite(pending);
        else
            Append(new() { Kind = OutboxRecordKind.Done, ClientId = item.ClientId }, toDisk: false);
    });

    public void Dispose() => _stream.Dispose();

    /// <summary>For what may be lost, in a power cut as well: it at worst makes another run resend a message with the same clientId.</summary>
    private static void WriteIfPossible(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk is full, or may no longer be written, for example.
        }
    }

    private static FileStream Open(string path, FileMode mode)
    {
        // Without a buffer: what a full disk refused must not be written later, after the caller was notified of the failure.
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    private List<OutboxItem> Read()
    {
        var items = new OrderedDictionary<string, OutboxItem>(StringComparer.Ordinal);
        using var reader = new StreamReader(_stream, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            switch (OutboxRecord.Parse(line))
            {
                case { Kind: OutboxRecordKind.Added, ConversationId: { } conversationId, Text: { } text, At: { } at } added:
                    items[added.ClientId] = new(added.ClientId, conversationId, text, at);
                    break;
                case { Kind: OutboxRecordKind.Attempted } attempted when items.TryGetValue(attempted.ClientId, out var item):
                    item.AttemptedAt = attempted.At;
                    break;
                case { Kind: OutboxRecordKind.Done } done:
                    items.Remove(done.ClientId);
                    break;
            }
        }

        return [.. items.Values];
    }

    /// <summary>
    /// Pending messages go to a new file, which then replaces the old one: a crash leaves one or the other, and a failure
    /// leaves the old one in use.
    /// </summary>
    private void Rewrite(IReadOnlyCollection<OutboxItem> pending)
    {
        if (pending.Count == 0)
        {
            _stream.SetLength(0);
            _lines = 0;
            return;
        }

        var temporary = $"{_path}.new";
        var stream = Open(temporary, FileMode.Create);
        try
        {
            OutboxRecord[] records = [.. pending.Select(RecordOf), .. pending.Where(item => item.AttemptedAt is not null).Select(AttemptedRecordOf)];
            foreach (var record in records)
                Write(stream, record);
            stream.Flush(flushToDisk: true);
            File.Move(temporary, _path, overwrite: true);
            _stream.Dispose();
            (_stream, _lines) = (stream, records.Length);
        }
        catch
        {
            stream.Dispose();
            File.Delete(temporary);
            throw;
        }
    }

    private void Append(OutboxRecord record, bool toDisk)
    {
        _stream.Seek(0, SeekOrigin.End);
        Write(_stream, record);
        _stream.Flush(toDisk);
        _lines++;
    }

    // The line break goes in front: a torn line before must not swallow this one.
    private static void Write(FileStream stream, OutboxRecord record) => stream.Write(Encoding.UTF8.GetBytes($"\n{record.ToLine()}"));

    private static OutboxRecord RecordOf(OutboxItem item) => new()
    {
        Kind = OutboxRecordKind.Added,
        ClientId = item.ClientId,
        ConversationId = item.ConversationId,
        Text = item.Text,
        At = item.AddedAt,
    };

    private static OutboxRecord AttemptedRecordOf(OutboxItem item) =>
        new() { Kind = OutboxRecordKind.Attempted, ClientId = item.ClientId, At = item.AttemptedAt };
}
