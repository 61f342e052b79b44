using ChatHub.Contracts;

namespace ChatHub.Tests.Model.Reference;

/// <summary>Reports that name nothing: what they copy, how they grow, how many there may be, and the block as part of them.</summary>
internal sealed partial class World
{
    public const int ReportsPerDay = 3;
    private const int LatestMessages = 30;

    public List<ModelReport> Reports { get; } = [];

    public object? Report(ModelUser caller, ReportInput input)
    {
        var reported = AnybodyBut(caller, input.UserId);
        var report = Reports.Find(r => r.Reporter == caller && r.Reported == reported);
        var held = report?.Content ?? [];
        var added = Content(caller, reported, input).Where(part => !held.Contains(part)).ToList();
        if (added.Count > 0)
            RefuseOverReports(caller);

        var present = input.Block == true ? Block(caller, new() { UserId = input.UserId }) : null;
        if (report is null)
            Reports.Add(report = new($"{Placeholder}report:{Reports.Count}", caller, reported));
        report.Content.UnionWith(added);
        if (added.Count > 0)
            caller.ReportedAt.Add(Now);

        // A block that changed something is the caller's event, which is made when all is done.
        return new AnswerOfEvent(own => new ReportReceipt
        {
            ReportId = report.Id,
            BlockChanged = input.Block == true ? (BlockChanged?)(present ?? own) : null,
        });
    }

    private List<string> Content(ModelUser caller, ModelUser reported, ReportInput input)
    {
        var request = Requests.FindLast(r => r.Sender == reported && r.Recipient == caller && r.RecipientStamp > 0 && r.SentAt > Now - ModelRequest.Life);
        var chat = ChatOf(caller, reported) is { } found && found.Of(caller).IsVisible
            ? found.Messages.Where(message => message.Seq > ReportableAfter(found.Of(caller))).TakeLast(LatestMessages)
            : [];
        return
        [
            $"reason {input.Reason}",
            .. request is null ? [] : Texts(request.Message, request.Text).Select(text => $"request {request.Id}: {text}"),
            .. chat.SelectMany(message => Texts(message, message.Text).Select(text => $"message {message.Seq}: {text}")),
        ];
    }

    /// <summary>Whatever it said in the last 30 days; nothing for a removed one that says nothing now.</summary>
    private List<string> Texts(ModelMessage? message, string sent)
    {
        var earlier = (message?.Earlier ?? []).Where(text => text.ReplacedAt > Now - ModelRequest.Life).Select(text => text.Text).ToList();
        var now = message?.Text ?? sent;
        return now.Length == 0 && earlier.Count > 0 ? earlier : [.. earlier, now];
    }

    /// <summary>What a user cleared can be reported for 30 days.</summary>
    private long ReportableAfter(ModelSide side)
    {
        var recent = side.Clearings.Where(clearing => clearing.At > Now - ModelRequest.Life).ToList();
        return recent.Count > 0 ? recent[0].AfterSeq : side.ClearedSeq;
    }

    private void RefuseOverReports(ModelUser caller)
    {
        var today = caller.ReportedAt.Where(at => at + TimeSpan.FromDays(1) > Now).ToList();
        if (today.Count >= ReportsPerDay)
            throw new Refused(ErrorCodes.RateLimited, (int)Math.Ceiling((today[^ReportsPerDay] + TimeSpan.FromDays(1) - Now).TotalSeconds));
    }
}
