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
    public async Task A_line_that_is_too_long_is_refused_and_the_others_are_carried_out()
    {
        var longest = new string(' ', DirectoryImport.LongestLine);
        Assert.Equal((1, 0), await CountsAsync($"{longest}\n{User("anna")}\n{longest}"));
        var tooLong = new string('x', 3 * DirectoryImport.LongestLine);
        Assert.Equal((2, 1), await CountsAsync($"{User("bert")}\n{longest}x\n{User("carl")}"));
        Assert.Equal((2, 1), await CountsAsync($"{User("bert")}\n{tooLong}\n{User("carl")}\n"));
        Assert.Equal((1, 1), await CountsAsync($"{User("bert")}\n{tooLong}"));
        Assert.Equal((1, 1), await CountsAsync($"{tooLong}\n{User("bert")}"));
        var report = await ImportAsync($"{User("bert")}\n{tooLong}\nnot json");
        Assert.Equal([(2, ErrorCodes.InvalidArgument), (3, ErrorCodes.InvalidArgument)], report.Errors.Select(error => (error.Line, error.Code)));

        async Task<(long, long)> CountsAsync(string lines)
        {
            var counted = await ImportAsync(lines);
            return (counted.Users, counted.Failed);
        }
    }

    [Fact]
    public async Task A_byte_order_mark_and_bytes_that_are_no_text_harm_no_other_line()
    {
        byte[] lines = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(User("anna")), (byte)'\n', 0xFF, 0xFE, 0, (byte)'\n', .. Encoding.UTF8.GetBytes(User("bert"))];
        using var body = new ByteArrayContent(lines);
        var report = (await server.HttpAsync("POST", "/api/directory/import", Credentials.Service, body)).Read<ImportReport>();
        Assert.Equal((3, 2, 2), (report.Lines, report.Users, Assert.Single(report.Errors).Line));
    }

    [Fact]
    public async Task Names_that_move_between_users_within_one_import_arrive_in_any_order_of_lines()
    {
        string[] names = ["a", "b", "c", "d", "e", "f", "g", "h"];
        await ImportAsync(string.Join('\n', names.Select(name => User(name))));
        await using var watcher = await server.ConnectUserAsync("watcher");

        // A swap, a circle of three, a chain whose lines come the wrong way round; and one whose name stays another's.
        string[] moves = [Named("a", "b"), Named("b", "a"), Named("c", "d"), Named("d", "e"), Named("e", "c"), Named("f", "g"), Named("g", "new"), Named("h", "a"), Follow("a", "b")];
        var report = await ImportAsync(string.Join('\n', moves));

        Assert.Equal((9, 7, 1, 1), (report.Lines, report.Users, report.Follows, report.Failed));
        Assert.Equal((8, ErrorCodes.UsernameTaken), (report.Errors[0].Line, report.Errors[0].Code));
        foreach (var (id, name) in new[] { ("a", "b"), ("b", "a"), ("c", "d"), ("d", "e"), ("e", "c"), ("f", "g"), ("g", "new"), ("h", "h") })
        {
            Assert.Equal(Id(name), (await watcher.Hub.GetProfile(new() { UserId = Id(id) })).Username);
            Assert.Equal(Id(id), (await watcher.Hub.GetProfile(new() { Username = Id(name) })).UserId);
        }
    }

    [Fact]
    public async Task Of_two_lines_that_want_one_name_the_first_has_it()
    {
        string[] names = ["a", "b", "c", "d", "e", "f"];
        await ImportAsync(string.Join('\n', names.Select(name => User(name))));

        // Of a, b is given the name that a gives up for b's; of d, e the one that d gives up for a new one.
        var report = await ImportAsync(string.Join('\n', [Named("a", "b"), Named("b", "a"), Named("c", "a"), Named("e", "d"), Named("f", "d"), Named("d", "new")]));

        Assert.Equal((4, 2), (report.Users, report.Failed));
        Assert.Equal([3, 5], report.Errors.Select(error => error.Line));
    }

    [Fact]
    public async Task A_user_keeps_the_own_name_although_an_earlier_line_wants_it()
    {
        await ImportAsync(string.Join('\n', [User("a"), User("b")]));
        var report = await ImportAsync(string.Join('\n', [Named("b", "a"), User("a")]));
        Assert.Equal((1, 1, 1), (report.Users, report.Failed, report.Errors[0].Line));
    }

    [Fact]
    public async Task The_later_of_two_lines_of_one_user_holds_also_where_the_first_waited_for_a_name()
    {
        await ImportAsync(string.Join('\n', [User("a"), User("b")]));
        var report = await ImportAsync(string.Join('\n', [Named("a", "b"), Named("a", "other"), Named("b", "another")]));
        Assert.Equal((2, 1, 1), (report.Users, report.Failed, report.Errors[0].Line));
        await using var watcher = await server.ConnectUserAsync("watcher");
        Assert.Equal(Id("other"), (await watcher.Hub.GetProfile(new() { UserId = Id("a") })).Username);
    }

    [Fact]
    public async Task Long_import_logs_its_progress_and_its_users_are_listed_by_pages()
    {
        const int users = 10_200;
        await using var process = await ServerProcess.StartAsync();
        using var body = new StringContent(string.Join('\n', Enumerable.Range(0, users).Select(i => User($"u{i.ToString(CultureInfo.InvariantCulture)}"))));
        var report = (await process.HttpAsync("POST", "/api/directory/import", Credentials.Service, body)).Read<ImportReport>();

        Assert.Equal((users, users, 0), (report.Lines, report.Users, report.Failed));
        await process.Log.FindAsync("Import: 10000 lines so far").SoonAsync();
        await process.Log.FindAsync("Import complete: 10200 lines").SoonAsync();

        var (seen, cursor) = (new HashSet<string>(), (string?)null);
        do
        {
            var page = (await process.HttpAsync("GET", $"/api/directory/users?limit=100{(cursor is null ? "" : $"&cursor={cursor}")}", Credentials.Service)).Read<Page<DirectoryUser>>();
            Assert.All(page.Items, user => Assert.True(seen.Add(user.UserId)));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        Assert.Equal(users, seen.Count);
    }

    [Theory]
    [InlineData("Zoë.O'Brien")]
    [InlineData("山田_太郎")]
    [InlineData("user+tag@example.org")]
    [InlineData("मीना")]
    [InlineData("x")]
    public async Task Names_are_brought_as_the_host_writes_them(string name)
    {
        var username = name.Length > 1 ? name + _mark : name + _mark[^4..];
        var report = await ImportAsync($$"""{"type":"user","userId":"{{_mark}}","username":"{{username}}","displayName":"{{name}}"}""");
        Assert.Equal((1, 0), (report.Users, report.Failed));
        await using var watcher = await server.ConnectUserAsync("watcher");
        Assert.Equal(username, (await watcher.Hub.GetProfile(new() { Username = username.ToUpperInvariant() })).Username);
    }

    private string Named(string id, string name) =>
        $$"""{"type":"user","userId":"{{Id(id)}}","username":"{{Id(name)}}","displayName":"Moved","birthDate":"1990-05-17"}""";

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
