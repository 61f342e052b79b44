using ChatHub.Contracts;

namespace ChatHub.Tests.Model.Reference;

/// <summary>
/// The contract as a program: everything in memory, nothing kept that could be counted, no thought of speed. Ids of what
/// the server names are placeholders ("model:request:3"), which a comparison binds to the server's own.
/// Each part of the class reads one part of the contract.
/// </summary>
/// <param name="epoch">The server's.</param>
/// <param name="limits">The server's settings.</param>
/// <param name="comingOfAgeDelay">By how many days an account's coming of age is put off: fixed for each, by a key that only the server has.</param>
/// <param name="now">The clock to begin with.</param>
internal sealed partial class World(string epoch, ModelLimits limits, Func<string, int> comingOfAgeDelay, DateTimeOffset now)
{
    public const string Placeholder = "model:";
    private ModelChange _change = new();

    public List<ModelUser> Users { get; } = [];
    public List<ModelRequest> Requests { get; } = [];
    public List<ModelChat> Chats { get; } = [];
    public DateTimeOffset Now { get; private set; } = now;

    public ModelUser Add(string id, string username, string displayName, DateOnly? birthDate)
    {
        var user = new ModelUser(Users.Count, id, username, displayName, birthDate);
        Users.Add(user);
        return user;
    }

    /// <summary>Carries out a command of a user: whole, or not at all.</summary>
    /// <param name="caller">Who calls; null for the operator.</param>
    /// <param name="command">Its answer; null where that is the caller's own event.</param>
    public Outcome Do(ModelUser? caller, Func<object?> command)
    {
        _change = new();
        try
        {
            if (caller is { IsRemoved: true })
                throw new Refused(ErrorCodes.Unauthenticated);
            var answer = command();
            var events = _change.Commit();
            var own = events.FirstOrDefault(e => e.User == caller)?.Event;
            return new(answer is AnswerOfEvent late ? late.Make(own) : answer ?? own, null, null, events);
        }
        catch (Refused refused)
        {
            return new(null, refused.Code, refused.RetryAfter, []);
        }
    }

    private static Refused Invalid() => new(ErrorCodes.InvalidArgument);

    private static string Trimmed(string? text, int min, int max)
    {
        var trimmed = text?.Trim() ?? throw Invalid();
        return trimmed.Length >= min && trimmed.Length <= max ? trimmed : throw Invalid();
    }

    private ModelUser? Find(string? userId) => Users.Find(user => user.Id == userId);

    private ModelUser Existing(string? userId) =>
        Find(userId) is { IsRemoved: false } user ? user : throw new Refused(ErrorCodes.UserNotFound);

    private bool IsBanned(ModelUser user) => user.Ban is { } ban && (ban.Until is null || ban.Until > Now);

    private bool IsUnderAge(ModelUser user)
    {
        if (user.BirthDate is not { } birth)
            return false;
        var birthday = birth.AddYears(16);
        if (birth is { Month: 2, Day: 29 } && birthday.Day == 28)
            birthday = birthday.AddDays(1);
        return DateOnly.FromDateTime(Now.UtcDateTime) < birthday.AddDays(comingOfAgeDelay(user.Id));
    }

    /// <summary>The one open request of a sender to a recipient, as the sender knows it: also when it was silently deleted.</summary>
    private ModelRequest? OpenRequest(ModelUser sender, ModelUser recipient) =>
        Requests.Find(r => r.Sender == sender && r.Recipient == recipient && IsOpen(r));

    private bool IsOpen(ModelRequest request) => request.State == RequestState.Pending && Now < request.ExpiresAt;

    private bool IsYounger(ModelUser user, TimeSpan age) => user.JoinedAt is { } joined && Now - joined < age;

    private ModelChat? ChatOf(ModelUser one, ModelUser other) => Chats.Find(chat => chat.Has(one) && chat.Has(other));
}
