using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using ChatHub.Contracts;

namespace ChatHub.Server.People;

/// <summary>
/// The bulk import: JSON lines of users and follows, each carried out as the endpoint for one would. Read as it comes; a
/// few hundred lines at a time share commits, and no line overtakes one that it may depend on.
/// </summary>
public sealed class DirectoryImport(DirectoryService directory)
{
    /// <summary>The longest line, in bytes.</summary>
    public const int LongestLine = 16 * 1024;

    private const int Window = 256;
    private const int MostErrors = 1_000;

    private sealed class Progress
    {
        public long Lines { get; set; }
        public long Users { get; set; }
        public long Follows { get; set; }
        public long Failed { get; set; }
        public List<ImportError> Errors { get; } = [];
        public List<(long Number, ImportLine Line, Task Done)> Waiting { get; } = [];
        public HashSet<(string?, string?)> Keys { get; } = [];

        public void Refuse(long line, ChatHubException refusal)
        {
            Failed++;
            if (Errors.Count < MostErrors)
                Errors.Add(new() { Line = line, Code = refusal.Code, Message = refusal.Message });
        }
    }

    public async Task<ImportReport> RunAsync(PipeReader body, CancellationToken cancellation)
    {
        var progress = new Progress();
        var number = 0L;
        while (true)
        {
            var result = await body.ReadAsync(cancellation);
            var rest = result.Buffer;
            try
            {
                while (TakeLine(ref rest, result.IsCompleted, out var line))
                {
                    await CheckLengthAsync(progress, ++number, line);
                    await TakeAsync(progress, number, line, cancellation);
                }

                await CheckLengthAsync(progress, number + 1, rest);
            }
            finally
            {
                // Also when it is refused: the connection goes on to read what is left.
                body.AdvanceTo(rest.Start, rest.End);
            }

            if (result.IsCompleted)
                break;
        }

        await FinishAsync(progress);
        return new()
        {
            Lines = progress.Lines,
            Users = progress.Users,
            Follows = progress.Follows,
            Failed = progress.Failed,
            Errors = [.. progress.Errors.OrderBy(error => error.Line)],
        };
    }

    /// <summary>Refuses the rest; what came before it is carried out.</summary>
    private static async Task CheckLengthAsync(Progress progress, long number, ReadOnlySequence<byte> line)
    {
        if (line.Length <= LongestLine)
            return;
        await FinishAsync(progress);
        throw Errors.InvalidArgument($"Line {number} is longer than {LongestLine} bytes.");
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

    private async Task TakeAsync(Progress progress, long number, ReadOnlySequence<byte> bytes, CancellationToken cancellation)
    {
        if (IsBlank(bytes))
            return;
        progress.Lines++;
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

        // A follow needs its users; and of two lines about the same the later one holds.
        var key = (line.UserId, line.OtherId);
        if (progress.Waiting.Count >= Window || progress.Keys.Contains(key) || (progress.Waiting.Count > 0 && progress.Waiting[0].Line.Type != line.Type))
            await FinishAsync(progress);
        progress.Keys.Add(key);
        progress.Waiting.Add((number, line, CarryOutAsync(line, cancellation)));
    }

    private async Task CarryOutAsync(ImportLine line, CancellationToken cancellation)
    {
        if (line.Type == ImportType.Follow)
        {
            await directory.FollowAsync(
                Arguments.Id(line.UserId, "userId"), Arguments.Id(line.OtherId, "otherId"), wanted: true, cancellation);
            return;
        }

        await directory.PutUserAsync(Arguments.Id(line.UserId, "userId"), new()
        {
            Username = line.Username,
            DisplayName = line.DisplayName,
            BirthDate = line.BirthDate,
            CreatedAt = line.CreatedAt,
            IsVerified = line.IsVerified,
            AvatarUrl = line.AvatarUrl,
            Bio = line.Bio,
        }, cancellation);
    }

    private static async Task FinishAsync(Progress progress)
    {
        foreach (var (number, line, done) in progress.Waiting)
        {
            try
            {
                await done;
                if (line.Type == ImportType.Follow)
                    progress.Follows++;
                else
                    progress.Users++;
            }
            catch (ChatHubException refusal)
            {
                progress.Refuse(number, refusal);
            }
        }

        progress.Waiting.Clear();
        progress.Keys.Clear();
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
