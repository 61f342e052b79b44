using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People;

/// <summary>AdviseIntro: never a refusal of the text, whatever it is like.</summary>
public sealed class IntroService(IDatabase database, PeopleStore people, FollowStore follows)
{
    public async Task<IntroAdvice> AdviseAsync(Caller caller, AdviseIntroInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var recipientId = Arguments.Id(input.RecipientId, "recipientId");
        // A draft: it may be empty, and longer than a request may be.
        var text = Arguments.Text(input.Text, "text", 0, Limits.MessageTextMax);

        var (following, followers) = await database.ReadAsync(Read, cancellation);
        return new() { Tips = IntroRules.Advise(text, following, followers) };

        async Task<(bool Following, long Followers)> Read(DbSession session)
        {
            var recipient = await people.ByIdAsync(session, recipientId);
            if (recipient is null or { IsRemoved: true })
                throw Errors.UserNotFound();
            return (await follows.ExistsAsync(session, caller.Key, recipient.UserKey), recipient.FollowerCount);
        }
    }
}
