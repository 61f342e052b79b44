using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.People;

namespace ChatHub.Server.Conversations;

/// <summary>UpdateSettings, and what it does to the presence that others see.</summary>
public sealed class SettingsService(
    ChangeRunner changes, PeopleStore people, HiddenWordsStore hiddenWords, MeStore me, MeEvents events, PresenceService presence)
{
    public async Task<MeChanged> UpdateAsync(Caller caller, UpdateSettingsInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        if (input.MessagingPolicy is { } policy)
            Arguments.Known(policy, "messagingPolicy");
        if (input.PushContent is { } pushContent)
            Arguments.Known(pushContent, "pushContent");
        if (input.MinAccountAgeDays is { } days)
            Arguments.Number(days, "minAccountAgeDays", 0, Limits.MinAccountAgeDaysMax);
        var words = input.HiddenWords is null ? null : CheckWords(input.HiddenWords);

        var (answer, was) = await changes.RunAsync(caller, Update, cancellation);
        var now = answer.Me.Settings;
        // Switching messaging off hides presence without a sign, as blocking does: a peer must not distinguish them.
        if (now.ShowPresence != was.ShowPresence && !IsOff(now) && !IsOff(was))
            await presence.PublishShownAsync(caller.User, now.ShowPresence, cancellation);
        return answer;

        async Task<(MeChanged Answer, Settings Was)> Update(Change change)
        {
            var person = await people.ByKeyAsync(change.Session, caller.Key) ?? throw Errors.UserNotFound();
            var before = person.Settings(await hiddenWords.ReadAsync(change.Session, caller.Key));
            var after = before with
            {
                MessagingPolicy = input.MessagingPolicy ?? before.MessagingPolicy,
                SendSeenReceipts = input.SendSeenReceipts ?? before.SendSeenReceipts,
                ShowPresence = input.ShowPresence ?? before.ShowPresence,
                MinAccountAgeDays = input.MinAccountAgeDays ?? before.MinAccountAgeDays,
                PushContent = input.PushContent ?? before.PushContent,
            };
            var sameWords = words is null || words.SequenceEqual(before.HiddenWords!);
            if (after == before && sameWords)
                return (new() { Version = 0, Me = await me.ReadAsync(change.Session, caller.Key, change.Now) }, before);

            await people.UpdateSettingsAsync(change.Session, caller.Key, after);
            if (!sameWords)
                await hiddenWords.WriteAsync(change.Session, caller.Key, words!);
            return (await events.RaiseAsync(change, caller.User), before);
        }
    }

    private static List<string> CheckWords(IReadOnlyList<string> given)
    {
        if (given.Count > Limits.HiddenWordsMax)
            throw Errors.InvalidArgument($"hiddenWords must be at most {Limits.HiddenWordsMax}.");
        var words = given.Select(word => Arguments.Text(word, "hiddenWords", 1, Limits.HiddenWordMax)).Distinct().ToList();
        return words.Sum(Arguments.ScalarCount) <= Limits.HiddenWordsCharactersMax
            ? words
            : throw Errors.InvalidArgument($"hiddenWords must be at most {Limits.HiddenWordsCharactersMax} characters in all.");
    }

    private static bool IsOff(Settings settings) => settings.MessagingPolicy == MessagingPolicy.Nobody;
}
