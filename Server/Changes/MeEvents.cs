using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Changes;

/// <summary>MeChanged: settings, profile, a ban and its end.</summary>
public sealed class MeEvents(IMeReader me)
{
    /// <summary>Takes the user's next version and raises their new view.</summary>
    public async Task<MeChanged> RaiseAsync(Change change, UserRef user)
    {
        var inbox = await change.NextVersionAsync(user.Key);
        return change.Raise(user, new MeChanged { Version = inbox.Version, Me = await me.ReadAsync(change.Session, inbox, change.Now) });
    }
}
