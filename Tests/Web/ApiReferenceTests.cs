using System.Net;
using ChatHub.Tests.Infrastructure;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Web;

/// <summary>The description of the API as a page, in a browser.</summary>
[Collection(WebCollection.Name)]
public sealed class ApiReferenceTests(WebBrowser browser)
{
    [Theory]
    [InlineData("")]
    [InlineData("/chat")]
    public async Task Page_shows_an_operation_under_its_own_policy_and_asks_no_other_server(string pathBase)
    {
        await using var server = await LiveServer.StartAsync(("Http:ApiReference", "true"), ("Http:PathBase", pathBase));
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var (problems, hosts) = (new List<string>(), new HashSet<string>());
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                problems.Add(message.Text);
        };
        page.PageError += (_, error) => problems.Add(error);
        page.Request += (_, request) => hosts.Add(new Uri(request.Url).Scheme is "data" or "blob" ? server.Address.Authority : new Uri(request.Url).Authority);

        await page.GotoAsync(new Uri(server.Address, $"{pathBase}/docs").AbsoluteUri);

        await Expect(page.GetByText("It can serve; each dependency and its state.").First).ToBeVisibleAsync();
        Assert.Equal([server.Address.Authority], hosts);
        Assert.Empty(problems);
    }

    [Fact]
    public async Task In_production_there_is_no_page_unless_a_setting_says_so()
    {
        await using var server = await LiveServer.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await server.HttpAsync("GET", "/docs/", Credentials.None)).Status);
    }
}
