using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using ChatHub.Contracts;

namespace ChatHub.Server.People;

/// <summary>
/// The bulk import: JSON lines of users and follows, each carried out as the endpoint for one would. Read as it comes; a
/// few hundred lines at a time share commits, and no line overtakes one that it may depend on.
/// </summary>
public sealed class DirectoryImport(DirectoryService directory, ImportConflicts conflicts, ILogger<DirectoryImport> log)
{
    /// <summary>The longest line, in bytes.</summary>
    public const int LongestLine = 16 * 1024;

    private const int Window = 256;
    private const int LinesPerLog = 10_000;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public async Task<ImportReport> RunAsync(PipeReader body, CancellationToken cancellation)
    {
        var progress = new ImportProgress();
        var number = 0L;
        // Of a line that is too long, what came so far is passed over: it is not held until its end.
        var isTooLong = false;
        while (true)
        {
            var result = await body.ReadAsync(cancellation);
            var rest = result.Buffer;
            try
            {
                while (TakeLine(ref rest, result.IsCompleted, out var line))
                {
                    number++;
                    if (isTooLong || line.Length > LongestLine)
                        RefuseLong(progress, number);
                    else
                        await TakeAsync(progress, number, number == 1 ? WithoutMark(line) : line, cancellation);
                    isTooLong = false;
                }

                if (rest.Length > LongestLine)
                {
                    isTooLong = true;
                    rest = rest.Slice(rest.End);
                }
            }
            finally
            {
                // Also when it fails: the connection goes on to read what is left.
                body.AdvanceTo(rest.Start, rest.End);
            }

            if (result.IsCompleted)
                break;
        }

        if (isTooLong)
            RefuseLong(progress, number + 1);
        await SettleAsync(progress, cancellation);
        foreach (var entry in progress.Conflicts.ToList())
            progress.GiveUp(entry);
        var report = progress.Report();
        DirectoryLog.ImportComplete(log, report.Lines, report.Users, report.Follows, report.Failed);
        return report;
    }

    private static void RefuseLong(ImportProgress progress, long number)
    {
        progress.Lines++;
        progress.Refuse(number, Errors.InvalidArgument($"The line is longer than {LongestLine} bytes."));
    }

    private static ReadOnlySequence<byte> WithoutMark(ReadOnlySequence<byte> line)
    {
        var reader = new SequenceReader<byte>(line);
        return reader.IsNext(ByteOrderMark, advancePast: true) ? reader.UnreadSequence : line;
    }

    private static bool TakeLine(ref ReadOnlySequence<byte> rest, bool isLast, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        line = rest;
        if (!isLast || rest.IsEmpty)
            return false;
        rest = rest.Slice(rest.End);
        return true;
    }

    private async Task TakeAsync(ImportProgress progress, long number, ReadOnlySequence<byte> bytes, CancellationToken cancellation)
    {
        if (IsBlank(bytes))
            return;
        if (++progress.Lines % LinesPerLog == 0)
            DirectoryLog.ImportProgress(log, progress.Lines, progress.Users, progress.Follows, progress.Failed);
        ImportLine line;
        try
        {
            line = Read(bytes);
        }
        catch (ChatHubException refusal)
        {
            progress.Refuse(number, refusal);
            return;
        }

        // A follow needs its users; of two lines about the same the later one holds, and of two that want one name the first.
        var entry = new ImportEntry(number, line);
        var key = (line.UserId, line.OtherId);
        var isOtherType = progress.Waiting.Count > 0 && progress.Waiting[0].Entry.Line.Type != line.Type;
        if (progress.Waiting.Count >= Window || progress.Keys.Contains(key) || (entry.NameKey is not null && progress.Names.Contains(entry.NameKey)) || isOtherType)
            await FinishAsync(progress);
        if (isOtherType && line.Type == ImportType.Follow)
            await SettleAsync(progress, cancellation);
        if (line.Type == ImportType.User && progress.Conflicts.Count > 0)
            progress.Supersede(line.UserId);
        if (progress.IsAwaited(entry.NameKey))
        {
            progress.Refuse(entry, Errors.UsernameTaken());
            return;
        }

        progress.Keys.Add(key);
        if (entry.NameKey is not null)
            progress.Names.Add(entry.NameKey);
        progress.Waiting.Add((entry, CarryOutAsync(entry, cancellation)));
    }

    private async Task CarryOutAsync(ImportEntry entry, CancellationToken cancellation)
    {
        var userId = Arguments.Id(entry.Line.UserId, "userId");
        if (entry.Line.Type == ImportType.Follow)
            await directory.FollowAsync(userId, Arguments.Id(entry.Line.OtherId, "otherId"), wanted: true, cancellation);
        else
            await directory.PutUserAsync(userId, entry.User, cancellation);
    }

    private async Task SettleAsync(ImportProgress progress, CancellationToken cancellation)
    {
        await FinishAsync(progress);
        await conflicts.SettleAsync(progress, cancellation);
    }

    private static async Task FinishAsync(ImportProgress progress)
    {
        foreach (var (entry, done) in progress.Waiting)
        {
            try
            {
                await done;
                progress.Succeed(entry);
            }
            catch (ChatHubException refusal)
            {
                progress.Refuse(entry, refusal);
            }
        }

        progress.Waiting.Clear();
        progress.Keys.Clear();
        progress.Names.Clear();
    }

    private static ImportLine Read(ReadOnlySequence<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            var line = JsonSerializer.Deserialize(ref reader, ContractJson.Default.ImportLine) ?? throw new JsonException();
            if (reader.Read())
                throw new JsonException();
            return line with { Type = Arguments.Known(Arguments.Required(line.Type, "type"), "type") };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Errors.InvalidArgument("The line must be a JSON object with properties of the right types.");
        }
    }

    private static bool IsBlank(ReadOnlySequence<byte> bytes)
    {
        foreach (var part in bytes)
        {
            if (part.Span.ContainsAnyExcept((byte)' ', (byte)'\t', (byte)'\r'))
                return false;
        }

        return true;
    }
}
