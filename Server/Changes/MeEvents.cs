using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Changes;

/// <summary>Reads a user as that user alone sees it. People does; here because every room may change it.</summary>
public interface IMeReader
{
    Task<Me> ReadAsync(DbSession session, Inbox inbox, DateTimeOffset now);
}

/// <summary>MeChanged: settings, profile, a ban and its end.</summary>
public sealed class MeEvents(IMeReader me)
{
    /// <summary>Stamps the user and tells them how they now read.</summary>
    public async Task<MeChanged> TellAsync(Change change, UserRef user)
    {
        var inbox = await change.StampAsync(user.Key);
        return change.Tell(user, new MeChanged { Version = inbox.Version, Me = await me.ReadAsync(change.Session, inbox, change.Now) });
    }
}
