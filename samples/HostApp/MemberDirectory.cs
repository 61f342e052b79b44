using ChatHub.Server.Embedding;

namespace ChatHub.Samples.HostApp;

/// <summary>ChatHub's users are the members: it reads them here when it first needs them, and again later.</summary>
internal sealed class MemberDirectory(Members members) : IUserDirectory
{
    public Task<IReadOnlyCollection<HostUser>> FindAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyCollection<HostUser>>([.. userIds.Select(members.Find).OfType<Member>().Select(member =>
            new HostUser(member.Id, member.Name, member.FullName) { CreatedAt = member.Joined })]);

    public Task<bool?> FollowsAsync(string userId, string otherId, CancellationToken cancellation) =>
        Task.FromResult<bool?>(members.Find(userId)?.Follows.Contains(otherId) == true);
}
