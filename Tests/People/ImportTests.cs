using System.Globalization;
using System.Net;
using System.Text;
using ChatHub.Contracts;
using ChatHub.Server.People;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.People;

/// <summary>The bulk import of a host application's users and follows.</summary>
public sealed class ImportTests(SharedServer server)
{
    private readonly string _mark = Account.UniqueName("i");

    [Fact]
    public async Task Users_and_follows_are_brought_and_bringing_them_again_changes_nothing()
    {
        string[] lines = [User("anna"), User("bert"), Follow("anna", "bert"), "", Follow("bert", "anna")];
        for (var i = 0; i < 2; i++)
        {
            var report = await ImportAsync(string.Join('\n', lines));
            Assert.Equal((4, 2, 2, 0), (report.Lines, report.Users, report.Follows, report.Failed));
        }

        await using var alice = await server.ConnectUserAsync("alice");
        var anna = await alice.Hub.GetProfile(new() { UserId = Id("anna") });
        Assert.Equal(("Anna", 1, 1), (anna.DisplayName, anna.FollowerCount, anna.FollowingCount));
        Assert.Equal([Id("anna")], (await alice.Hub.SearchUsers(new() { Query = Id("anna") })).Items.Select(card => card.UserId));
    }

    [Fact]
    public async Task Bad_lines_are_named_and_the_others_are_carried_out()
    {
        var report = await ImportAsync(string.Join('\n',
        [
            User("anna"),
            "not json",
            """{"type":"user","userId":"x y","username":"someone","displayName":"S"}""",
            """{"type":"pet","userId":"rex"}""",
            """{"userId":"rex"}""",
            $$"""{"type":"user","userId":"{{_mark}}other","username":"{{Id("anna")}}","displayName":"Thief"}""",
            Follow("anna", "nobody"),
            "[]",
            """{"type":"user","userId":7}""",
            """{"type":"follow"} {"type":"follow"}""",
            User("bert") + "\r",
            """{"type":"user","userId":"\ud800","username":"someone","displayName":"S"}""",
        ]));

        Assert.Equal((12, 2, 0, 10), (report.Lines, report.Users, report.Follows, report.Failed));
        Assert.Equal(
            [
                (2, ErrorCodes.InvalidArgument), (3, ErrorCodes.InvalidArgument), (4, ErrorCodes.InvalidArgument), (5, ErrorCodes.InvalidArgument),
                (6, ErrorCodes.UsernameTaken), (7, ErrorCodes.UserNotFound), (8, ErrorCodes.InvalidArgument), (9, ErrorCodes.InvalidArgument),
                (10, ErrorCodes.InvalidArgument), (12, ErrorCodes.InvalidArgument),
            ],
            report.Errors.Select(error => (error.Line, error.Code)));
        Assert.All(report.Errors, error => Assert.NotEmpty(error.Message));
    }

    [Fact]
    public async Task Import_of_a_long_body_succeeds_and_the_last_of_two_lines_of_one_user_holds()
    {
        var lines = new StringBuilder();
        const int users = 2_000;
        for (var i = 0; i < users; i++)
            lines.Append(User($"u{i.ToString(CultureInfo.InvariantCulture)}")).Append('\n').Append(' ', 300).Append('\n');
        lines.Append(User("u7", "Changed")).Append('\n');
        Assert.True(lines.Length > 600_000);

        var report = await ImportAsync(lines.ToString());

        Assert.Equal((users + 1, users + 1, 0), (report.Lines, report.Users, report.Failed));
        await using var alice = await server.ConnectUserAsync("alice");
        Assert.Equal("Changed", (await alice.Hub.GetProfile(new() { UserId = Id("u7") })).DisplayName);
    }

    [Fact]
    public async Task A_line_that_is_too_long_refuses_the_rest_and_what_came_before_it_holds()
    {
        var longest = new string(' ', DirectoryImport.LongestLine);
        Assert.Equal(1, (await ImportAsync($"{longest}\n{User("anna")}\n{longest}")).Users);
        foreach (var end in (string[])["", "\n", $"\n{User("carl")}"])
        {
            using var body = new StringContent($"{User("bert")}\n{longest}x{end}");
            var refused = await server.HttpRefusedAsync(
                ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, "POST", "/api/directory/import", Credentials.Service, body);
            Assert.Contains("Line 2 ", refused.Json.GetProperty("title").GetString(), StringComparison.Ordinal);
        }

        await using var alice = await server.ConnectUserAsync("alice");
        Assert.Equal("Bert", (await alice.Hub.GetProfile(new() { UserId = Id("bert") })).DisplayName);
        await Wire.RefusedAsync(ErrorCodes.UserNotFound, alice.Hub.GetProfile(new() { UserId = Id("carl") }));
    }

    private async Task<ImportReport> ImportAsync(string lines)
    {
        using var body = new StringContent(lines, Encoding.UTF8, "application/x-ndjson");
        var answer = await server.HttpAsync("POST", "/api/directory/import", Credentials.Service, body);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Read<ImportReport>();
    }

    private string Id(string name) => $"{_mark}{name}";

    private string User(string name, string? displayName = null) =>
        $$"""{"type":"user","userId":"{{Id(name)}}","username":"{{Id(name)}}","displayName":"{{displayName ?? char.ToUpperInvariant(name[0]) + name[1..]}}","birthDate":"1990-05-17"}""";

    private string Follow(string name, string other) => $$"""{"type":"follow","userId":"{{Id(name)}}","otherId":"{{Id(other)}}"}""";
}
