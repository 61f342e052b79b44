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
        var chat = ChatOf(caller, reported) is { } found && found.Of(caller).IsVisible ? found.Messages.TakeLast(LatestMessages) : [];
        return
        [
            $"reason {input.Reason}",
            .. request is null ? (string[])[] : [$"request {request.Id}"],
            .. chat.Select(message => $"message {message.Seq}"),
        ];
    }

    private void RefuseOverReports(ModelUser caller)
    {
        var today = caller.ReportedAt.Where(at => at + TimeSpan.FromDays(1) > Now).ToList();
        if (today.Count >= ReportsPerDay)
            throw new Refused(ErrorCodes.RateLimited, (int)Math.Ceiling((today[^ReportsPerDay] + TimeSpan.FromDays(1) - Now).TotalSeconds));
    }
}
