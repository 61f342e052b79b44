using ChatHub.Server.People.Accounts;
using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hosting.Demo;

/// <summary><c>--demo</c>: fills an empty database with a small community, prints its sign-ins, and serves it.</summary>
internal static class DemoCommand
{
    private const string Switch = "--demo";

    public static bool IsMeant(string[] args) => args.Contains(Switch);

    /// <summary>The server on a clock that can be set back.</summary>
    public static WebApplication Build(string[] args) => ChatHubApplication.Build(
        [.. args.Where(arg => arg != Switch)],
        builder => builder.Services.AddSingleton<DemoClock>().AddSingleton<TimeProvider>(provider => provider.GetRequiredService<DemoClock>())
            .AddSingleton<DemoActions>().AddSingleton<DemoModeration>().AddSingleton<DemoCommunity>());

    /// <summary>Throws <see cref="StorageException"/> with a sentence for the operator.</summary>
    public static async Task FillAsync(WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<AuthOptions>>().Value.HasIssuer)
            throw new StorageException($"{Switch} needs built-in accounts: Auth:Authority is set.");
        if (app.Services.GetRequiredService<IOptions<AccountOptions>>().Value.SignUp != SignUpMode.Open)
            throw new StorageException($"{Switch} needs Auth:SignUp=open.");
        var community = app.Services.GetRequiredService<DemoCommunity>();
        if (!await community.MayFillAsync())
            throw new StorageException($"{Switch} fills an empty database only, and this one has users. Name another one by Storage:ConnectionString.");
        Print(await community.FillAsync());
    }

    private static void Print(int count) => Console.Out.WriteLine($"""
        The database holds {count} users. Every password is: {DemoActions.Password}
          anna             requests in each folder, chats in each state, hidden words
          ben              an open chat with anna, unseen messages
          maria            moderator: reports, histories, bans, the audit
          leo              14 years old
          harbour.museum   verified
          quick.money      banned
        """);
}
