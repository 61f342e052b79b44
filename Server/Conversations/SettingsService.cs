using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.People;

namespace ChatHub.Server.Conversations;

/// <summary>UpdateSettings, and what it does to the presence that others see.</summary>
public sealed class SettingsService(
    ChangeRunner changes, PeopleStore people, MeStore me, MeEvents events, PresenceService presence)
{
    public async Task<MeChanged> UpdateAsync(Caller caller, UpdateSettingsInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        if (input.MessagingPolicy is { } policy)
            Arguments.Known(policy, "messagingPolicy");

        var (answer, was) = await changes.RunAsync(caller, Update, cancellation);
        var now = answer.Me.Settings;
        // Switching messaging off hides presence without a sign, as blocking does: neither must tell itself from the other.
        if (now.ShowPresence != was.ShowPresence && !IsOff(now) && !IsOff(was))
            await presence.TellShownAsync(caller.User, now.ShowPresence, cancellation);
        return answer;

        async Task<(MeChanged Answer, Settings Was)> Update(Change change)
        {
            var person = await people.ByKeyAsync(change.Session, caller.Key) ?? throw Errors.UserNotFound();
            var before = person.Settings();
            var after = new Settings
            {
                MessagingPolicy = input.MessagingPolicy ?? before.MessagingPolicy,
                SendSeenReceipts = input.SendSeenReceipts ?? before.SendSeenReceipts,
                ShowPresence = input.ShowPresence ?? before.ShowPresence,
            };
            if (after == before)
                return (new() { Version = 0, Me = await me.ReadAsync(change.Session, caller.Key, change.Now) }, before);

            await people.UpdateSettingsAsync(change.Session, caller.Key, after);
            return (await events.RaiseAsync(change, caller.User), before);
        }
    }

    private static bool IsOff(Settings settings) => settings.MessagingPolicy == MessagingPolicy.Nobody;
}
