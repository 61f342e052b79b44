using System.Text;
using ChatHub.Contracts;

namespace ChatHub.Server.Common;

/// <summary>The UTF-8 bytes of an item's texts, which are what its size depends on.</summary>
public static class TextSize
{
    public static int Of(UserCard card) => Of(card.Username) + Of(card.DisplayName) + Of(card.AvatarUrl);

    public static int Of(DirectoryUser user) =>
        Of(user.Username) + Of(user.DisplayName) + Of(user.AvatarUrl) + Of(user.Bio) + Of(user.Ban?.Reason);

    public static int Of(Message message) => Of(message.Text) + (message.Reactions?.Sum(reaction => Of(reaction.Emoji)) ?? 0);

    public static int Of(Request request) => Of(request.Text) + Of(request.Sender) + Of(request.Recipient);

    public static int Of(Conversation conversation) =>
        Of(conversation.Peer) + (conversation.LastMessage is { } last ? Of(last) : 0);

    public static int Of(ReportSummary report) => Of(report.Reporter) + Of(report.Reported);

    public static int Of(BannedUser banned) => Of(banned.User) + Of(banned.Ban.Reason);

    public static int Of(AuditEntry entry) => Of(entry.Reason);

    private static int Of(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
