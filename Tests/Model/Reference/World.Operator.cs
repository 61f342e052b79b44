using ChatHub.Contracts;

namespace ChatHub.Tests.Model.Reference;

/// <summary>What moderators, the host application and time do to users.</summary>
internal sealed partial class World
{
    public object? BanUser(string userId, BanInput input)
    {
        var user = Existing(userId);
        user.Ban = new(Now, input.Hours is { } hours ? Now.AddHours(hours) : null, input.Reason);
        RaiseMe(user);
        return new Ban { UserId = user.Id, BannedAt = Now, Until = user.Ban.Until, Reason = input.Reason };
    }

    public object? LiftBan(string userId)
    {
        // A ban outlasts an erasure.
        var user = Find(userId) ?? throw new Refused(ErrorCodes.UserNotFound);
        if (user.Ban is null)
            return null;
        user.Ban = null;
        RaiseMe(user);
        return null;
    }

    /// <summary>What is absent is removed; what stays as it was makes no event.</summary>
    public object? PutUser(string userId, DirectoryUserInput input)
    {
        var user = Existing(userId);
        if (input.CreatedAt > Now)
            throw Invalid();
        var before = (user.DisplayName, user.Bio, user.IsVerified, user.BirthDate, user.JoinedAt);
        user.DisplayName = input.DisplayName!;
        user.Bio = input.Bio;
        user.IsVerified = input.IsVerified ?? false;
        user.BirthDate = input.BirthDate is null ? null : DateOnly.Parse(input.BirthDate, System.Globalization.CultureInfo.InvariantCulture);
        user.JoinedAt = input.CreatedAt ?? user.JoinedAt;
        if ((user.DisplayName, user.Bio, user.IsVerified, user.BirthDate, user.JoinedAt) != before)
            RaiseMe(user);
        return Card(user);
    }

    /// <summary>The account is gone; its messages stay with the other side. What it asked is taken back.</summary>
    public object? Erase(string userId)
    {
        MarkRemoved(userId);
        return TakeAllBack(userId);
    }

    /// <summary>The first step: the account can no longer call or be called. Idempotent.</summary>
    public object? MarkRemoved(string userId)
    {
        (Find(userId) ?? throw new Refused(ErrorCodes.UserNotFound)).IsRemoved = true;
        return null;
    }

    /// <summary>The rest, which others may come between.</summary>
    public object? TakeAllBack(string userId)
    {
        var user = Find(userId)!;
        foreach (var request in Requests.Where(r => r.Sender == user && IsOpen(r)).ToList())
            TakeBack(request);
        foreach (var other in Users)
            other.Follows.Remove(user);

        user.Follows.Clear();
        user.Blocks.Clear();
        return null;
    }

    /// <summary>Moves the clock, and lets the sweep do what has fallen due: each request and each ban a command of its own.</summary>
    public IReadOnlyList<ModelEvent> Advance(TimeSpan by)
    {
        Now += by;
        var events = new List<ModelEvent>();
        foreach (var request in Requests.Where(r => r.State == RequestState.Pending && !IsOpen(r)).OrderBy(r => r.ExpiresAt).ToList())
        {
            events.AddRange(Do(null, () =>
            {
                if (request.Sender.IsRemoved)
                    return null;
                Close(request, RequestState.Expired);
                _change.Raise(request.Sender, v => Changed(request, v));
                return null;
            }).Events);
        }

        foreach (var user in Users.Where(u => u.Ban is not null && !IsBanned(u)).OrderBy(u => u.Ban!.Until).ToList())
            events.AddRange(Do(null, () => LiftBan(user.Id)).Events);
        return [.. events.Where(e => !e.User.IsRemoved)];
    }

    /// <summary>Whether anything would fall due.</summary>
    public bool IsAnythingDue(TimeSpan within) =>
        Requests.Exists(r => r.State == RequestState.Pending && r.ExpiresAt <= Now + within)
        || Users.Exists(u => u.Ban?.Until <= Now + within);

    private void TakeBack(ModelRequest request)
    {
        request.State = RequestState.Withdrawn;
        LeaveRecipient(request);
    }
}
