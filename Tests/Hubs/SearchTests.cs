using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>Searching for people by the beginnings of their names.</summary>
public sealed class SearchTests(SharedServer server)
{
    // So that no other test's people are found.
    private readonly string _family = $"q{Random.Shared.Next(0x1000000):x6}";

    [Theory]
    [InlineData("Ödön Fekete", "odon")]
    [InlineData("Ödön Fekete", "ÖD")]
    [InlineData("Ödön Fekete", "feke")]
    [InlineData("Ödön Fekete", "ödön  fek")]
    [InlineData("İpek", "ipek")]
    [InlineData("李小龙", "李小")]
    [InlineData("Anna😀Smile", "anna😀")]
    [InlineData("Al b c", "al b")]
    [InlineData("Abcdefg hij", "abcdefg hi")]
    [InlineData("100% [sure]_\\", "100% [sure]_\\")]
    [InlineData("İpek Işık", "ışık")]
    [InlineData("İpek Işık", "isik")]
    [InlineData("İpek Işık", "IŞIK")]
    [InlineData("İpek Işık", "İPEK I")]
    [InlineData("Łukasz Øster", "luka")]
    [InlineData("Łukasz Øster", "øst")]
    [InlineData("Weiße Straße", "STRASS")]
    [InlineData("Νίκος Παππάς", "παππας")]
    [InlineData("(Robert) \"Bobby\" Brown", "robert")]
    [InlineData("(Robert) \"Bobby\" Brown", "bobby")]
    [InlineData("(Robert) \"Bobby\" Brown", "\"Bobby\" bro")]
    [InlineData("Shaun O'Neil", "neil")]
    [InlineData("Shaun O'Neil", "O'Neil")]
    [InlineData("Shaun O'Neil", "o’neil")]
    [InlineData("Shaun O'Neil", "O'")]
    [InlineData("Jean-Luc", "luc")]
    [InlineData("Jean-Luc", "jean-l")]
    [InlineData("Jean-Luc", "jean luc")]
    [InlineData("🦊Fox", "fox")]
    [InlineData("🦊Fox", "🦊fox")]
    [InlineData("हिन्दी नाम", "हिन्दी")]
    [InlineData("هِنْد", "هند")]
    public async Task A_display_names_word_is_found_by_its_beginning_whatever_its_case_and_accents(string name, string query)
    {
        await using var person = await server.ConnectAsync("person");
        await person.Hub.UpdateProfile(new() { DisplayName = name });

        Assert.Contains(await FindAsync(person, query), card => card.UserId == person.Id);
    }

    [Theory]
    [InlineData("dön")]
    [InlineData("eket")]
    [InlineData("ödön x")]
    [InlineData("%%")]
    [InlineData("__")]
    [InlineData("[öo]d")]
    [InlineData("%on")]
    [InlineData("🦊🦊")]
    [InlineData("'-")]
    public async Task Search_finds_no_other_matches(string query)
    {
        await using var person = await server.ConnectAsync("person");
        await person.Hub.UpdateProfile(new() { DisplayName = "Ödön Fekete" });

        Assert.DoesNotContain(await FindAsync(person, query), card => card.UserId == person.Id);
    }

    [Fact]
    public async Task Results_come_by_username_in_pages()
    {
        await using var searcher = await server.ConnectAsync("searcher");
        var names = new List<string>();
        for (var i = 0; i < 5; i++)
            names.Add((await Account.SignUpAsync(server, $"{_family}{i}")).Username);
        await using var byDisplayName = await server.ConnectAsync("zoe");
        await byDisplayName.Hub.UpdateProfile(new() { DisplayName = $"Zoe {_family}" });
        names.Add(byDisplayName.Account.Username);

        Assert.Equal(names.Order(StringComparer.Ordinal), (await FindAsync(searcher, _family)).Select(card => card.Username));
        Assert.Single(await FindAsync(searcher, names[0]));
    }

    [Fact]
    public async Task A_username_is_found_by_its_beginning_as_it_is_written()
    {
        await using var person = await server.ConnectAsync($"{_family}_a.b");
        await person.Hub.UpdateProfile(new() { DisplayName = "Someone" });

        foreach (var query in (string[])[$"{_family}_a", $"{_family}_A.b", person.Account.Username])
            Assert.Single(await FindAsync(person, query));
        foreach (var query in (string[])[$"{_family}.a", $"{_family} a", $"{_family}a", "a.b"])
            Assert.DoesNotContain(await FindAsync(person, query), card => card.UserId == person.Id);
    }

    [Theory]
    [InlineData("{0}_")]
    [InlineData("{0}.")]
    [InlineData("_{0}")]
    [InlineData("'{0}")]
    [InlineData("({0})")]
    public async Task A_username_is_not_found_by_its_beginning_among_other_characters(string query)
    {
        await using var person = await server.ConnectAsync($"{_family}anna");
        await person.Hub.UpdateProfile(new() { DisplayName = "Zed" });
        await using var named = await server.ConnectAsync("named");
        await named.Hub.UpdateProfile(new() { DisplayName = $"Zoe {_family}" });
        await using var both = await server.ConnectAsync($"{_family}both");
        await both.Hub.UpdateProfile(new() { DisplayName = both.Account.Username.Split('_')[0] });

        var found = await FindAsync(person, string.Format(System.Globalization.CultureInfo.InvariantCulture, query, _family));

        // By a word of the display name alone, which the characters around separate.
        Assert.Equal([named.Id, both.Id], found.Select(card => card.UserId));
    }

    [Fact]
    public async Task Usernames_and_words_are_found_together_by_username_in_pages()
    {
        await using var first = await server.ConnectAsync($"{_family}.x");
        await using var second = await server.ConnectAsync("zoe");
        await second.Hub.UpdateProfile(new() { DisplayName = $"Zoe {_family}, X." });
        await using var third = await server.ConnectAsync($"{_family}.x");
        await third.Hub.UpdateProfile(new() { DisplayName = $"{_family} X" });

        var found = await FindAsync(first, $"{_family}.x");
        Assert.Equal(
            ((Device[])[first, second, third]).Select(device => device.Account.Username).Order(StringComparer.Ordinal),
            found.Select(card => card.Username));
    }

    [Fact]
    public async Task A_changed_name_is_found_and_the_old_one_is_not()
    {
        await using var person = await server.ConnectAsync("person");
        await person.Hub.UpdateProfile(new() { DisplayName = $"Old {_family}" });
        await person.Hub.UpdateProfile(new() { DisplayName = $"New {_family}x" });

        Assert.Single(await FindAsync(person, $"new {_family}x"));
        Assert.Empty(await FindAsync(person, $"old {_family}"));
    }

    private static ValueTask<List<UserCard>> FindAsync(Device device, string query) =>
        Paging.ReadAllAsync(cursor => device.Hub.SearchUsers(new() { Query = query, Cursor = cursor, Limit = 2 }), TestTimeouts.Token)
            .ToListAsync(TestTimeouts.Token);
}
