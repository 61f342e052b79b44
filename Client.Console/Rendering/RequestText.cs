using ChatHub.Contracts;

namespace ChatHub.Terminal.Rendering;

/// <summary>Requests as lines.</summary>
internal static class RequestText
{
    public static Line Received(Request request) =>
        new(new Span("● ", Tone.Red), new Span($"request from {PeopleText.Name(request.Sender)}: {request.Text}"));

    /// <summary>One that was filtered: its text is read by a preview only.</summary>
    public static Line Filtered(Request request) => $"filtered request from {PeopleText.Name(request.Sender)} · preview {request.Sender.Username}";

    /// <summary>The user's own request in its present state.</summary>
    public static Line Own(Request request) => request.State switch
    {
        RequestState.Pending => new Line(new Span($"request to {PeopleText.Name(request.Recipient)} ✓ sent: {request.Text}", Tone.Blue)),
        RequestState.Accepted => $"request to {PeopleText.Name(request.Recipient)} accepted: {request.Text}",
        RequestState.Withdrawn => $"request to {PeopleText.Name(request.Recipient)} withdrawn: {request.Text}",
        _ => $"request to {PeopleText.Name(request.Recipient)} expired: {request.Text}",
    };

    public static Line Accepted(Request request) => request.Direction == RequestDirection.Outgoing
        ? $"{PeopleText.Name(request.Recipient)} accepted your request · open {request.Recipient.Username}"
        : $"you accepted the request from {PeopleText.Name(request.Sender)} · open {request.Sender.Username}";

    public static IEnumerable<Line> Preview(Request request)
    {
        yield return $"{PeopleText.Name(request.Sender)} asks: {request.Text}";
        yield return new(new Span($"they are not notified that you read it · accept {request.Sender.Username} · delete {request.Sender.Username}", Tone.Muted));
    }
}
