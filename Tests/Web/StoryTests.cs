using System.Text.RegularExpressions;
using ChatHub.Tests.Hosting;
using ChatHub.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Web;

/// <summary>Two people from sign-up to a chat, each in a browser, against a real server process.</summary>
[Collection(WebCollection.Name)]
public sealed class StoryTests(WebBrowser browser, SharedServer server)
{
    private const string Blue = "rgb(27, 102, 229)";
    private const string Green = "rgb(24, 118, 58)";

    [Theory]
    [InlineData("desktop")]
    [InlineData("phone")]
    public async Task Two_people_meet_by_a_request_and_chat(string screen)
    {
        await using var annasBrowser = await browser.NewContextAsync(Screens.Of(screen));
        await using var bensBrowser = await browser.NewContextAsync(Screens.Of(screen));
        var anna = await InboxPage.OpenAsync(annasBrowser, server.Address);
        var ben = await InboxPage.OpenAsync(bensBrowser, server.Address);
        var annasName = await anna.SignUpAsync("Anna");
        await ben.SignUpAsync("Ben");
        await Expect(anna.Page.GetByText("No chats yet")).ToBeVisibleAsync();

        await ben.FindAsync(annasName);
        await ben.Button("Send a request").ClickAsync();
        await ben.Page.GetByLabel("Introduce yourself").FillAsync("hi");
        await Expect(ben.Page.GetByText("Make it personal")).ToBeVisibleAsync();
        await Expect(ben.Page.GetByText("requests left today")).ToBeVisibleAsync();
        await ben.Page.GetByLabel("Introduce yourself").FillAsync("I read your guide to tide maps: https://example.org/maps. Where do you begin?");
        await ben.Button("Send request").ClickAsync();
        await Expect(ben.Button("Request sent")).ToBeDisabledAsync();

        await Expect(anna.Page).ToHaveTitleAsync("(1) ChatHub");
        await Expect(anna.Page.Locator("#icon")).ToHaveAttributeAsync("href", new Regex("icon-news"));
        await Expect(anna.RequestsTab.Locator(".dot")).ToBeVisibleAsync();
        await anna.RequestsTab.ClickAsync();
        await anna.Row("Ben").ClickAsync();
        await Expect(anna.Page.Locator(".intro")).ToContainTextAsync("https://example.org/maps");
        await Expect(anna.Page.Locator(".intro a")).ToHaveCountAsync(0);
        await Expect(anna.Page.GetByText("They cannot see that you have read this")).ToBeVisibleAsync();
        await Expect(ben.Button("Request sent")).ToBeDisabledAsync();
        await anna.AssertNoSidewaysScrollAsync();

        await anna.Button("Accept").ClickAsync();
        await Expect(anna.Bubbles).ToHaveCountAsync(1);
        await Expect(anna.Bubbles.First.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", "https://example.org/maps");
        await Expect(anna.RequestsTab.Locator(".dot")).ToHaveCountAsync(0);
        // Ben's button follows the acceptance; his chat opens with what he wrote, seen.
        await ben.Button("Message").ClickAsync();
        await Expect(ben.Bubbles.First).ToHaveCSSAsync("background-color", Green);

        // Anna looks elsewhere: what Ben sends stays blue until she opens the chat.
        await anna.Page.EvaluateAsync("location.hash = 'settings'");
        await Expect(anna.Page.GetByRole(AriaRole.Heading, new() { Name = "Settings" })).ToBeVisibleAsync();
        await ben.SendAsync("Do you draw them by hand?");
        await Expect(ben.Bubbles).ToHaveCountAsync(2);
        await Expect(ben.Bubbles.Nth(1)).ToHaveCSSAsync("background-color", Blue);
        await Expect(ben.Page.Locator(".meta .state").Last).ToHaveTextAsync("Sent");
        await Expect(anna.Page).ToHaveTitleAsync("(1) ChatHub");
        await anna.Page.EvaluateAsync("location.hash = 'chats'");
        await anna.Row("Ben").ClickAsync();
        await Expect(anna.Page.GetByText("New messages", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(ben.Bubbles.Nth(1)).ToHaveCSSAsync("background-color", Green);
        await Expect(ben.Page.Locator(".meta .state").Last).ToHaveTextAsync("Seen");
        await Expect(anna.Page).ToHaveTitleAsync("ChatHub");

        // What Anna types is announced while she types, and is there again after a reload.
        await anna.Composer.PressSequentiallyAsync("Yes, with");
        await Expect(ben.Page.GetByText("Anna is typing")).ToBeVisibleAsync();
        await anna.Page.ReloadAsync();
        await Expect(anna.Composer).ToHaveValueAsync("Yes, with");
        await anna.SendAsync("Yes, with ink.");
        await Expect(ben.Bubbles.Nth(2)).ToContainTextAsync("Yes, with ink.");
        await anna.AssertNoSidewaysScrollAsync();
        await ben.AssertNoSidewaysScrollAsync();
        anna.AssertNoProblems();
        ben.AssertNoProblems();
    }

    [Fact]
    public async Task Sign_in_shows_what_is_wrong_at_its_field()
    {
        await using var context = await browser.NewContextAsync();
        var page = await InboxPage.OpenAsync(context, server.Address);

        await page.Button("Sign in").ClickAsync();
        await Expect(page.Page.GetByLabel("Username")).ToBeFocusedAsync();
        await Expect(page.Page.GetByLabel("Username")).ToHaveAccessibleDescriptionAsync("This is needed.");
        await page.Page.GetByLabel("Username").FillAsync(Account.UniqueName("absent"));
        await page.Page.GetByLabel("Password").FillAsync("not the password");
        await page.Button("Sign in").ClickAsync();
        await Expect(page.Page.GetByLabel("Password")).ToHaveAccessibleDescriptionAsync("The username or the password is wrong.");
        page.AssertNoProblems();
    }

    [Fact]
    public async Task Enter_sends_and_shift_enter_makes_a_new_line()
    {
        await using var chat = await WebChat.OpenAsync(browser, server);

        await chat.Page.Composer.FillAsync("first line");
        await chat.Page.Composer.PressAsync("Shift+Enter");
        await chat.Page.Composer.PressSequentiallyAsync("second line");
        await chat.Page.Composer.PressAsync("Enter");
        Assert.Equal("first line\nsecond line", (await chat.NextMessageAsync()).Text);
        await Expect(chat.Page.Composer).ToHaveValueAsync("");
        chat.Page.AssertNoProblems();
    }

    [Theory]
    [InlineData(Hand.Mouse)]
    [InlineData(Hand.Keyboard)]
    public async Task Refused_message_stays_with_its_reason_until_it_is_sent_again_or_discarded(Hand hand)
    {
        await using var chat = await WebChat.OpenAsync(browser, server);
        var state = chat.Page.Page.Locator(".meta .state").Last;

        await chat.Peer.SetAsync(Contracts.MessagingPolicy.Nobody);
        await chat.Page.SendAsync("Are you there?");
        await Expect(state).ToHaveTextAsync("Not sent");
        await Expect(chat.Page.Page.GetByText("This person cannot be messaged.")).ToBeVisibleAsync();
        await chat.Peer.SetAsync(Contracts.MessagingPolicy.Everyone);
        await hand.UseAsync(chat.Page.Button("Retry"));
        await Expect(state).ToHaveTextAsync("Sent");
        Assert.Equal("Are you there?", (await chat.NextMessageAsync()).Text);

        await chat.Peer.SetAsync(Contracts.MessagingPolicy.Nobody);
        await chat.Page.SendAsync("Once more");
        await hand.UseAsync(chat.Page.Button("Discard"));
        await Expect(chat.Page.Bubbles).ToHaveCountAsync(2);
        chat.Page.AssertNoProblems();
    }

    [Fact]
    public async Task Counter_shows_near_the_limit_and_beyond_it_nothing_is_sent()
    {
        await using var chat = await WebChat.OpenAsync(browser, server);

        await chat.Page.Composer.FillAsync(new string('x', 3_700));
        await Expect(chat.Page.Page.Locator(".composer .left")).ToHaveCountAsync(0);
        await chat.Page.Composer.FillAsync(new string('x', 3_999));
        await Expect(chat.Page.Page.GetByText("1 character left")).ToBeVisibleAsync();
        await chat.Page.Composer.FillAsync(new string('x', 4_002));
        await Expect(chat.Page.Page.GetByText("2 characters too many")).ToBeVisibleAsync();
        await Expect(chat.Page.Button("Send")).ToBeDisabledAsync();
        await chat.Page.AssertNoSidewaysScrollAsync();
    }

    [Fact]
    public async Task Daily_limit_says_how_long_to_wait()
    {
        await using var strict = await LiveServer.StartAsync(("Messaging:RequestsPerDay", "1"), ("Messaging:NewAccountRequestsPerDay", "1"));
        await using var context = await browser.NewContextAsync();
        var account = await Account.SignUpAsync(strict, "anna");
        await using var first = await strict.ConnectUserAsync("ben");
        await using var second = await strict.ConnectUserAsync("clara");
        await using (var device = await account.ConnectAsync())
            await device.RequestAsync(first);
        var page = await InboxPage.SignInAsync(context, strict.Address, account);

        await page.FindAsync(second.Account.Username);
        await page.Button("Send a request").ClickAsync();
        await page.Page.Locator("#request-text").FillAsync("Which map do you like best?");
        await page.Button("Send request").ClickAsync();
        await Expect(page.Page.GetByText(new Regex("You can send the next request (tomorrow|in 2[34] hours|in 1 day)"))).ToBeVisibleAsync();
        await Expect(page.Button("Send request")).ToBeDisabledAsync();
        await Expect(page.Page.Locator("#request-text")).ToHaveValueAsync("Which map do you like best?");
    }

    [Fact]
    public async Task Page_of_a_server_with_an_issuer_says_that_one_signs_in_elsewhere()
    {
        await using var issuer = await TinyIssuer.StartAsync();
        await using var own = await LiveServer.StartAsync(("Auth:Authority", issuer.Address), ("Auth:Audience", TinyIssuer.Audience));
        await using var context = await browser.NewContextAsync();
        var page = await InboxPage.OpenAsync(context, own.Address);

        await Expect(page.Page.GetByText("sign in there")).ToBeVisibleAsync();
        await Expect(page.Page.Locator("form")).ToHaveCountAsync(0);
    }
}
