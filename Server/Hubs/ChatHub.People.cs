using ChatHub.Contracts;

namespace ChatHub.Server.Hubs;

public sealed partial class ChatHub
{
    public Task<Me> GetMe(EmptyInput input) => people.Me.GetAsync(Caller, Aborted);
    public Task<MeChanged> UpdateProfile(UpdateProfileInput input) => people.Me.UpdateProfileAsync(Caller, input, Aborted);
    public Task<MeChanged> UpdateSettings(UpdateSettingsInput input) => conversations.Settings.UpdateAsync(Caller, input, Aborted);
    public Task<Page<UserCard>> SearchUsers(SearchUsersInput input) => people.Search.FindAsync(Caller, input, Aborted);
    public Task<Profile> GetProfile(GetProfileInput input) => requests.Profiles.GetAsync(Caller, input, Aborted);
    public Task<Profile> Follow(UserInput input) => requests.Profiles.FollowAsync(Caller, input, Aborted);
    public Task<Profile> Unfollow(UserInput input) => requests.Profiles.UnfollowAsync(Caller, input, Aborted);
    public Task<Page<UserCard>> ListFollowing(PageInput input) => people.Lists.FollowingAsync(Caller, input, Aborted);
    public Task<Page<UserCard>> ListFollowers(PageInput input) => people.Lists.FollowersAsync(Caller, input, Aborted);
    public Task<Page<UserCard>> ListBlocked(PageInput input) => people.Lists.BlockedAsync(Caller, input, Aborted);
    public Task<IntroAdvice> AdviseIntro(AdviseIntroInput input) => people.Intros.AdviseAsync(Caller, input, Aborted);
}
