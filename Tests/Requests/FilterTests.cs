using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Safety;
using Xunit;

namespace ChatHub.Tests.Requests;

/// <summary>Requests that the recipient's own settings keep apart, and the settings themselves.</summary>
public sealed class FilterTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Theory]
    [InlineData("You will love my CRYPT0 club", "Alice", RequestFolder.Filtered)]
    [InlineData("You will love my club", "Crypto Alice", RequestFolder.Filtered)]
    [InlineData("You will love my cryptography club", "Alice", RequestFolder.Main)]
    public async Task A_request_with_a_hidden_word_in_its_text_or_its_senders_name_is_filtered(string text, string name, RequestFolder folder)
    {
        var bob = await server.ConnectUserAsync("bob");
        await bob.Hub.UpdateSettings(new() { HiddenWords = ["crypto", "casino"] });
        var alice = await (await Account.BringAsync(server, new() { Username = Account.UniqueName("alice"), DisplayName = name })).ConnectAsync();
        var sent = await alice.RequestAsync(bob, text);
        Assert.Equal((RequestState.Pending, (RequestFolder?)null), (sent.Request.State, sent.Request.Folder));
        Assert.Equal(folder, (await bob.NextAsync<RequestReceived>()).Request.Folder);
        Assert.Equal(folder == RequestFolder.Main, (await bob.Hub.GetMe(new())).Badges.PendingRequests == 1);
    }

    [Fact]
    public async Task A_hidden_username_is_filtered_too()
    {
        var bob = await server.ConnectUserAsync("bob");
        var alice = await server.ConnectUserAsync("alice");
        await bob.Hub.UpdateSettings(new() { HiddenWords = [alice.Account.Username.ToUpperInvariant()] });
        await alice.RequestAsync(bob);
        Assert.Equal(new() { FilteredRequests = 1 }, (await bob.Hub.GetMe(new())).Badges);
    }

    [Fact]
    public async Task Accounts_younger_than_the_wanted_age_are_filtered_and_those_of_unknown_age_are_not()
    {
        var bob = await server.ConnectUserAsync("bob");
        await bob.Hub.UpdateSettings(new() { MinAccountAgeDays = 7 });
        await AskAsync(bob, TimeSpan.FromDays(7) - TimeSpan.FromMilliseconds(1));
        await AskAsync(bob, TimeSpan.FromDays(7));
        await AskAsync(bob, null);
        Assert.Equal(new() { PendingRequests = 2, FilteredRequests = 1 }, (await bob.Hub.GetMe(new())).Badges);

        // Later changes of the settings move nothing.
        await bob.Hub.UpdateSettings(new() { MinAccountAgeDays = 0 });
        Assert.Equal(new() { PendingRequests = 2, FilteredRequests = 1 }, (await bob.Hub.GetMe(new())).Badges);
    }

    [Fact]
    public async Task The_settings_are_kept_and_the_words_left_out_of_Sync()
    {
        await using var bob = await server.ConnectUserAsync("bob");
        var start = (await bob.Hub.GetMe(new())).Settings;
        Assert.Equal((0, 0, PushContent.Sender), (start.HiddenWords!.Count, start.MinAccountAgeDays, start.PushContent));

        await using var laptop = await bob.Account.ConnectAsync();
        var changed = await bob.Hub.UpdateSettings(new() { HiddenWords = [" spam ", "eggs", "spam"], MinAccountAgeDays = 3, PushContent = PushContent.Nothing });
        Assert.Equal(["spam", "eggs"], changed.Me.Settings.HiddenWords);
        Assert.Equal((3, PushContent.Nothing), (changed.Me.Settings.MinAccountAgeDays, changed.Me.Settings.PushContent));
        Assert.Equal(Wire.Json(changed), Wire.Json(await laptop.NextAsync<MeChanged>()));
        Assert.Equal(0, (await bob.Hub.UpdateSettings(new() { HiddenWords = ["spam", "eggs"] })).Version);

        // What is absent stays; an empty list takes the words away.
        Assert.Equal(["spam", "eggs"], (await bob.Hub.UpdateSettings(new() { MinAccountAgeDays = 4 })).Me.Settings.HiddenWords);
        var synced = (await bob.Hub.Sync(new() { After = 0 })).Me.Settings;
        Assert.Equal((null, 4, PushContent.Nothing), (synced.HiddenWords, synced.MinAccountAgeDays, synced.PushContent));
        Assert.Empty((await bob.Hub.UpdateSettings(new() { HiddenWords = [] })).Me.Settings.HiddenWords!);
        Assert.Empty((await bob.Hub.GetMe(new())).Settings.HiddenWords!);
    }

    [Fact]
    public async Task Settings_beyond_their_limits_are_refused()
    {
        await using var bob = await server.ConnectUserAsync("bob");
        await bob.Hub.UpdateSettings(new() { HiddenWords = [.. Enumerable.Range(0, 200).Select(i => $"w{i}")] });
        await bob.Hub.UpdateSettings(new() { HiddenWords = [.. Enumerable.Range(10, 40).Select(i => $"{new string('w', 48)}{i}")] });
        foreach (var input in (UpdateSettingsInput[])
        [
            new() { HiddenWords = [.. Enumerable.Range(0, 201).Select(i => $"w{i}")] },
            new() { HiddenWords = [.. Enumerable.Range(10, 41).Select(i => $"{new string('w', 48)}{i}")] },
            new() { HiddenWords = [new('w', 51)] }, new() { HiddenWords = [" "] }, new() { HiddenWords = [null!] },
            new() { MinAccountAgeDays = -1 }, new() { MinAccountAgeDays = 366 },
        ])
            await Wire.RefusedAsync(ErrorCodes.InvalidArgument, bob.Hub.UpdateSettings(input));
    }

    private async Task AskAsync(Device recipient, TimeSpan? age)
    {
        var account = await Account.BringAsync(server, new()
        {
            Username = Account.UniqueName("sender"),
            DisplayName = "Sender",
            CreatedAt = age is { } ago ? server.Time.GetUtcNow() - ago : null,
        });
        await (await account.ConnectAsync()).RequestAsync(recipient);
    }

    [Fact]
    public async Task Requests_of_a_user_with_enough_reporters_arrive_filtered_and_their_sender_reads_the_same()
    {
        await using var strict = await InProcessServer.StartAsync(("Moderation:FilterAfterReporters", "2"));
        await using var alice = await strict.ConnectUserAsync("alice");
        await using var carol = await strict.ConnectUserAsync("carol");
        var reporters = new[] { await strict.ConnectUserAsync("reporter"), await strict.ConnectUserAsync("reporter") };
        await using var young = await (await Account.BringAsync(strict, new()
        {
            Username = Account.UniqueName("young"),
            DisplayName = "Young",
            CreatedAt = strict.Time.GetUtcNow(),
        })).ConnectAsync();

        // One reporter twice, and an account that is too young: that makes one.
        await reporters[0].Hub.Report(new() { UserId = alice.Id, Reason = ReportReason.Spam });
        await reporters[0].Hub.Report(new() { UserId = alice.Id, Reason = ReportReason.Hate });
        await young.Hub.Report(new() { UserId = alice.Id, Reason = ReportReason.Spam });
        var before = await SendAsync();
        var report = (await reporters[1].Hub.Report(new() { UserId = alice.Id, Reason = ReportReason.Spam })).ReportId;
        var after = await SendAsync();

        Assert.Equal((RequestFolder.Main, RequestFolder.Filtered), (before.Folder, after.Folder));
        Assert.Equal(before.Answer, after.Answer);
        // What was decided no longer counts.
        await strict.ResolveAsync(report, new() { Action = ReportAction.Dismiss });
        Assert.Equal(RequestFolder.Main, (await SendAsync()).Folder);

        async Task<(RequestFolder? Folder, string Answer)> SendAsync()
        {
            await using var bob = await strict.ConnectUserAsync("bob");
            var sent = await alice.RequestAsync(bob, "Hello", "same");
            var listed = (await alice.Hub.ListRequests(new() { Direction = RequestDirection.Outgoing })).Items[0];
            var folder = (await bob.NextAsync<RequestReceived>()).Request.Folder;
            await alice.WithdrawAsync(sent.Request.RequestId);
            strict.Time.Advance(TimeSpan.FromDays(2));
            return (folder, string.Join('|', sent.Request.State, sent.Request.Folder, sent.Request.Text, listed.State, listed.Folder, Wire.Json(sent.Badges)));
        }
    }

    [Fact]
    public async Task Reporters_filter_nothing_unless_it_is_set()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var reporters = new[] { await server.ConnectUserAsync("reporter"), await server.ConnectUserAsync("reporter"), await server.ConnectUserAsync("reporter") };
        server.Time.Advance(TimeSpan.FromDays(8));
        foreach (var reporter in reporters)
            await reporter.ReportAsync(alice);
        await using var bob = await server.ConnectUserAsync("bob");
        await alice.RequestAsync(bob);
        Assert.Equal(RequestFolder.Main, (await bob.NextAsync<RequestReceived>()).Request.Folder);
    }
}
