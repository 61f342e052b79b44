using ChatHub.Contracts;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal.Commands;

/// <summary>Sending requests, and responding to them. A request is named by its other side's username.</summary>
internal sealed class RequestCommands(IChatUser session, IScreen screen)
{
    public IReadOnlyList<Command> All =>
    [
        new("request", "NAME TEXT...", "send a message request", RequestAsync),
        new("tips", "NAME TEXT...", "advice on an introduction before you send it", TipsAsync),
        new("withdraw", "NAME", "take your request back", WithdrawAsync),
        new("sent", "", "your requests and their states", SentAsync),
        new("requests", "", "the Requests folder", FolderAsync),
        new("filtered", "", "requests with your hidden words, or beyond your limits", FilteredAsync),
        new("preview", "NAME", "read a request; its sender is not notified", PreviewAsync),
        new("accept", "NAME", "accept a request: the chat opens", AcceptAsync),
        new("delete", "NAME", "delete a request; its sender is not notified", DeleteAsync),
    ];

    private async Task RequestAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var hub = session.Hub(cancellationToken);
        var sent = await hub.SendRequest(new()
        {
            RecipientId = await hub.UserIdAsync(arguments["NAME"]),
            Text = arguments["TEXT"],
            ClientId = ClientIds.New(),
        });
        session.MarkPrinted(sent.Request.RequestId, sent.Request.State);
        screen.Write(RequestText.Own(sent.Request));
        if (sent.Request.State == RequestState.Accepted)
            screen.Write($"the chat is open · open {sent.Request.Recipient.Username}");
    }

    private async Task TipsAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var hub = session.Hub(cancellationToken);
        var advice = await hub.AdviseIntro(new() { RecipientId = await hub.UserIdAsync(arguments["NAME"]), Text = arguments["TEXT"] });
        if (advice.Tips.Count == 0)
            screen.Write("nothing to improve");
        foreach (var tip in advice.Tips)
            screen.Write($"tip: {tip.Text}");
    }

    private async Task WithdrawAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var hub = session.Hub(cancellationToken);
        var request = await hub.RequestAsync(RequestDirection.Outgoing, RequestFilter.All, arguments["NAME"], cancellationToken);
        var withdrawn = await hub.WithdrawRequest(new() { RequestId = request.RequestId });
        session.MarkPrinted(request.RequestId, withdrawn.Request.State);
        screen.Write(RequestText.Own(withdrawn.Request));
    }

    private async Task SentAsync(CommandArguments arguments, CancellationToken cancellationToken) =>
        Write(await session.Hub(cancellationToken).ListRequests(new() { Direction = RequestDirection.Outgoing }), RequestText.Own);

    private async Task FolderAsync(CommandArguments arguments, CancellationToken cancellationToken) =>
        Write(await session.Hub(cancellationToken).ListRequests(new() { Direction = RequestDirection.Incoming }), RequestText.Received);

    private async Task FilteredAsync(CommandArguments arguments, CancellationToken cancellationToken) =>
        Write(await session.Hub(cancellationToken).ListRequests(new() { Direction = RequestDirection.Incoming, Folder = RequestFolder.Filtered }), RequestText.Filtered);

    private async Task PreviewAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var hub = session.Hub(cancellationToken);
        var found = await hub.PendingRequestAsync(arguments["NAME"], cancellationToken);
        foreach (var line in RequestText.Preview(await hub.GetRequest(new() { RequestId = found.RequestId })))
            screen.Write(line);
    }

    private async Task AcceptAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var hub = session.Hub(cancellationToken);
        var request = await hub.RequestAsync(RequestDirection.Incoming, RequestFilter.All, arguments["NAME"], cancellationToken);
        var accepted = await hub.AcceptRequest(new() { RequestId = request.RequestId });
        session.MarkPrinted(request.RequestId, accepted.Request.State);
        screen.Write(RequestText.Accepted(accepted.Request));
    }

    private async Task DeleteAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var hub = session.Hub(cancellationToken);
        var request = await hub.RequestAsync(RequestDirection.Incoming, RequestFilter.All, arguments["NAME"], cancellationToken);
        await hub.DeleteRequest(new() { RequestId = request.RequestId });
        session.MarkPrinted(request.RequestId, state: null);
        screen.Write($"deleted the request from {request.Sender.Username}");
    }

    private void Write(Page<Request> page, Func<Request, Line> text)
    {
        if (page.Items.Count == 0)
            screen.Write("no requests");
        foreach (var request in page.Items)
            screen.Write(text(request), request.SentAt);
        if (page.NextCursor is not null)
            screen.Write("and older ones");
    }
}
