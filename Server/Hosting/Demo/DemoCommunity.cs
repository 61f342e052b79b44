using ChatHub.Contracts;
using ChatHub.Server.People;
using ChatHub.Server.People.Accounts;
using ChatHub.Server.Requests;

namespace ChatHub.Server.Hosting.Demo;

/// <summary>Two months of a small community, which leave every state behind that a user or a moderator can come upon.</summary>
internal sealed class DemoCommunity(
    DemoActions act, PeopleStore people, AvatarService avatars, RequestExpirySweeper expiry, ErasureService erasure, DemoModeration moderation, RoleService roles)
{
    private readonly Dictionary<DemoPerson, DemoUser> _users = [];

    /// <summary>Whether the database has no user, and never had one.</summary>
    public Task<bool> MayFillAsync() => act.IsEmptyAsync(people);

    /// <returns>How many users there are.</returns>
    public async Task<int> FillAsync()
    {
        await SignUpAllAsync();
        await ErasedPeerAsync();
        await RequestsOfAnnaAsync();
        await OtherChatsAsync();
        await FollowAsync();
        await SettingsAsync();
        await ChatWithBenAsync();
        await RequestsToAnnaAsync();
        await moderation.FillAsync(Of(DemoPeople.Maria), Of(DemoPeople.Anna), Of(DemoPeople.Ben), Of(DemoPeople.Prize), Of(DemoPeople.Spam), Of(DemoPeople.Rolf));
        act.At(0);
        return _users.Count;
    }

    private DemoUser Of(DemoPerson person) => _users[person];

    private async Task SignUpAllAsync()
    {
        DemoPerson[] all =
        [
            DemoPeople.Anna, DemoPeople.Ben, DemoPeople.Clara, DemoPeople.Davit, DemoPeople.Elodie, DemoPeople.Fatima, DemoPeople.Grace, DemoPeople.Sven,
            DemoPeople.Maria, DemoPeople.Museum, DemoPeople.Tom, DemoPeople.Noor, DemoPeople.Rolf, DemoPeople.Leo, DemoPeople.Spam, DemoPeople.Prize,
            DemoPeople.Ida,
        ];
        foreach (var person in all)
            _users.Add(person, await act.SignUpAsync(person));
        var museum = Of(DemoPeople.Museum);
        await act.VerifyAsync(museum, DemoPeople.Museum);
        await avatars.PutAsync(museum.User, DemoAvatar.Draw(DemoPeople.Museum.Hue!.Value), CancellationToken.None);
        await roles.SetModeratorAsync(Of(DemoPeople.Maria).Id, isModerator: true, CancellationToken.None);
    }

    private async Task FollowAsync()
    {
        act.At(6);
        (DemoPerson Follower, DemoPerson[] Followed)[] follows =
        [
            (DemoPeople.Anna, [DemoPeople.Museum, DemoPeople.Ben, DemoPeople.Clara, DemoPeople.Grace, DemoPeople.Elodie]),
            (DemoPeople.Noor, [DemoPeople.Anna, DemoPeople.Museum]), (DemoPeople.Ben, [DemoPeople.Noor, DemoPeople.Anna]),
            (DemoPeople.Clara, [DemoPeople.Noor, DemoPeople.Museum]), (DemoPeople.Grace, [DemoPeople.Museum, DemoPeople.Anna]),
            (DemoPeople.Leo, [DemoPeople.Museum]), (DemoPeople.Sven, [DemoPeople.Museum]),
        ];
        foreach (var (follower, followed) in follows)
        {
            foreach (var other in followed)
                await act.FollowAsync(Of(follower), Of(other));
        }
    }

    /// <summary>A chat whose other side has erased their account: it reads "Removed user".</summary>
    private async Task ErasedPeerAsync()
    {
        var (anna, tom) = (Of(DemoPeople.Anna), Of(DemoPeople.Tom));
        var chat = await act.ChatAsync(tom, anna, days: 48, "Do you sell prints of the estuary sheet?");
        await act.SayAsync(chat, anna, "In spring again. I can keep one for you.");
        await act.SeeAsync(chat, anna, 1);
        act.At(25);
        await erasure.EraseAsync(tom.Id, CancellationToken.None);
    }

    /// <summary>Sent by Anna: one expired, one withdrawn, one pending.</summary>
    private async Task RequestsOfAnnaAsync()
    {
        var anna = Of(DemoPeople.Anna);
        act.At(40);
        await act.RequestAsync(anna, Of(DemoPeople.Sven), "Hello Sven, you wrote about the storm of 1987. Did you keep the gauge readings?");
        act.At(9);
        await expiry.SweepAsync(CancellationToken.None);
        var regretted = await act.RequestAsync(anna, Of(DemoPeople.Sven), "Sorry to ask twice: the gauge readings?");
        act.At(9, minutes: 5);
        await act.WithdrawAsync(anna, regretted);
        act.At(2);
        await act.RequestAsync(anna, Of(DemoPeople.Davit), "Hi Davit, which press do you use for the large copper plates?");
    }

    private async Task OtherChatsAsync()
    {
        var anna = Of(DemoPeople.Anna);
        var clara = await act.ChatAsync(Of(DemoPeople.Clara), anna, days: 15, "Hello Anna, would your maps bear being printed on rough paper?");
        await act.SeeAsync(clara, anna, 1);
        await act.SayAsync(clara, anna, "If the blue survives it, gladly.");
        act.At(8);
        await act.SeeAsync(clara, Of(DemoPeople.Clara), 2);
        await act.SeeAsync(clara, anna, await act.SayAsync(clara, Of(DemoPeople.Clara), "The proofs are back, and the blue is right this time."));
        await act.UpdateAsync(clara, anna, new() { IsPinned = true });

        var grace = await act.ChatAsync(anna, Of(DemoPeople.Grace), days: 7, "Hi Grace, may I bring a class of twelve on Friday?");
        await act.SeeAsync(grace, Of(DemoPeople.Grace), 1);
        await act.SayAsync(grace, Of(DemoPeople.Grace), "Of course. See you at the harbour museum on Friday.");
        await act.SeeAsync(grace, anna, 2);
        act.At(0.2);
        await act.SayAsync(grace, anna, "We will be fourteen after all. Is that still fine?");

        var elodie = await act.ChatAsync(Of(DemoPeople.Elodie), anna, days: 20, "Bonjour Anna, may I show your guide to the whole workshop?");
        await act.SayAsync(elodie, anna, "Please do!");
        await act.SayAsync(elodie, Of(DemoPeople.Elodie), "Merci! I have shown it to the whole workshop.");
        await act.SeeAsync(elodie, anna, 3);
        await act.UpdateAsync(elodie, anna, new() { IsArchived = true });

        var fatima = await act.ChatAsync(Of(DemoPeople.Fatima), anna, days: 3, "مرحبا آنا، هل لديك خريطة للخليج؟");
        await act.SeeAsync(fatima, anna, 1);
        await act.UpdateAsync(fatima, anna, new() { MutedUntil = DateTimeOffset.UtcNow.AddYears(2_000) });
        act.At(0.1);
        await act.SayAsync(fatima, Of(DemoPeople.Fatima), "شكرا جزيلا على الخريطة");
        await act.SayAsync(fatima, Of(DemoPeople.Fatima), "Is there a sheet for the eastern bank, too?");

        // The other side is too young to be written to first, and may write first.
        await act.ChatAsync(Of(DemoPeople.Leo), Of(DemoPeople.Grace), days: 10, "Is there a place in the knot course for someone of 14?");
    }

    private async Task SettingsAsync()
    {
        act.At(6);
        await act.SetAsync(Of(DemoPeople.Anna), new() { HiddenWords = ["prize", "money"], MinAccountAgeDays = 1 });
        await act.SetAsync(Of(DemoPeople.Clara), new() { MessagingPolicy = MessagingPolicy.Following });
        await act.SetAsync(Of(DemoPeople.Sven), new() { MessagingPolicy = MessagingPolicy.Nobody });
        await act.SetAsync(Of(DemoPeople.Elodie), new() { SendSeenReceipts = false });
        await act.SetAsync(Of(DemoPeople.Grace), new() { ShowPresence = false });
    }

    /// <summary>Opened at once, because Anna follows Ben: seen and unseen messages, a reply, reactions, an edited and a removed message.</summary>
    private async Task ChatWithBenAsync()
    {
        var (anna, ben) = (Of(DemoPeople.Anna), Of(DemoPeople.Ben));
        var chat = await act.ChatAsync(ben, anna, days: 5, "Hi Anna, I read your guide to tide maps. Where do you begin?");
        await act.SeeAsync(chat, anna, 1);
        await act.SayAsync(chat, anna, "At the lowest water of the year, with a pencil and boots.");
        await act.SayAsync(chat, anna, "The rest is patience.");
        act.At(4.9);
        await act.SeeAsync(chat, ben, 3);
        await act.ReactAsync(chat, ben, 2, "😂");
        await act.SayAsync(chat, ben, "That explains the boots in the photo.", replyTo: 2);
        await act.SeeAsync(chat, anna, 4);
        await act.ReactAsync(chat, anna, 4, "👍");
        act.At(1);
        var wrong = await act.SayAsync(chat, anna, "Low water is at 5:40 on Thursday.");
        act.At(1, minutes: 3);
        await act.EditAsync(chat, anna, wrong, "Low water is at 6:40 on Thursday.");
        var slip = await act.SayAsync(chat, ben, "Butter, flour, two dozen eggs");
        await act.RemoveAsync(chat, ben, slip);
        act.At(0.05);
        await act.SeeAsync(chat, ben, wrong);
        await act.SayAsync(chat, ben, "Would you show me how you ink the depth lines? I am in town until Friday.");
    }

    /// <summary>Received by Anna: in main, filtered, deleted, and one whose sender she blocks later.</summary>
    private async Task RequestsToAnnaAsync()
    {
        var anna = Of(DemoPeople.Anna);
        act.At(4);
        await act.DeleteAsync(anna, await act.RequestAsync(Of(DemoPeople.Spam), anna, "Hello friend, are you interested in an easy income?"));
        act.At(3);
        await act.RequestAsync(Of(DemoPeople.Rolf), anna, "You never reply to my letters. Why?");
        act.At(1.5);
        await act.RequestAsync(Of(DemoPeople.Prize), anna, "CONGRATULATIONS! Send your card number to claim your prize: https://prize.example");
        act.At(1);
        await act.RequestAsync(
            Of(DemoPeople.Noor), anna,
            "Hello Anna, I am restoring a tide mill on the coast near Brest. Which of your maps shows the currents before the harbour was built?");
        await act.RequestAsync(Of(DemoPeople.Leo), anna, "Hi, I draw too. How did you learn it?");
        // Of an account younger than Anna takes.
        act.At(0);
        await act.RequestAsync(Of(DemoPeople.Ida), anna, "Hi! Grace said that you give courses?");
    }
}
