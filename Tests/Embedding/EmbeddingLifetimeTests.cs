using System.Net;
using System.Text.Json;
using ChatHub.Server;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatHub.Tests.Embedding;

/// <summary>ChatHub starts, ends connections and stops with its host.</summary>
public sealed class EmbeddingLifetimeTests
{
    [Fact]
    public async Task Stop_of_the_host_drains_connections_while_it_still_listens()
    {
        await using var platform = await Platform.StartAsync(settings: ("Shutdown:DrainSeconds", "10"));
        var alice = await platform.JoinAsync("alice");
        using var hub = await RawHub.ConnectAsync(platform.Hub, alice.Pass.Cookie);
        await hub.NextPositionAsync();

        var stopping = platform.StopAsync();

        var notice = await hub.NextAsync("ServerDraining");
        Assert.Equal(5, notice.GetProperty("arguments")[0].GetProperty("reconnectWithinSeconds").GetInt32());
        // The host goes on meanwhile, and nothing new comes in.
        Assert.Equal(HttpStatusCode.OK, (await platform.HttpAsync("GET", "/own", alice.Pass)).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await platform.HttpAsync("POST", "/chat/hubs/chat/negotiate?negotiateVersion=1", alice.Pass)).Status);
        Assert.True((await hub.NextCloseAsync()).GetProperty("allowReconnect").GetBoolean());
        hub.Dispose();
        await stopping.SoonAsync();
    }

    [Fact]
    public async Task Connection_is_closed_when_the_ticket_expires()
    {
        await using var platform = await Platform.StartAsync();
        var alice = await platform.JoinAsync("alice");
        using var lasting = await RawHub.ConnectAsync(platform.Hub, alice.Pass.Cookie);
        using var ending = await RawHub.ConnectAsync(platform.Hub, (await platform.SignInAsync(alice.Id, seconds: 10)).Cookie);

        await ending.ClosedAsync();
        Assert.Equal(JsonValueKind.Object, (await lasting.InvokeAsync("GetMe", "{}")).GetProperty("result").ValueKind);
    }

    [Theory]
    [InlineData("Storage:Provider", "Oracle", "Storage:Provider must be Sqlite or SqlServer.")]
    [InlineData("Storage:ConnectionString", "Data Source=/no/such/folder/chathub.db", "/no/such/folder/chathub.db")]
    public async Task Start_that_fails_fails_the_hosts_with_one_clear_line(string key, string value, string named)
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "The settings are those of a file.");
        var log = new PlatformLog();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Platform.StartAsync(add: services => services.AddSingleton<ILoggerProvider>(log), settings: (key, value)));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("ChatHub cannot start: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Equal((LogLevel.Critical, "ChatHub", failure.Message), Assert.Single(log.Lines, line => line.Level == LogLevel.Critical));
    }

    [Fact]
    public async Task Start_without_a_path_or_a_way_to_recognise_users_says_what_is_missing()
    {
        Assert.Equal("ChatHub cannot start: builder.AddChatHub() needs app.MapChatHub(path).", await FailureAsync(_ => { }));
        Assert.Equal(
            "ChatHub cannot start: The host has no default authentication scheme: set AuthenticationScheme in AddChatHub, or UseHostAuthentication to false.",
            await FailureAsync(app => app.MapChatHub()));

        static async Task<string> FailureAsync(Action<WebApplication> map)
        {
            var builder = WebApplication.CreateBuilder(["--Urls=http://127.0.0.1:0"]);
            builder.Logging.ClearProviders();
            builder.AddChatHub();
            await using var app = builder.Build();
            map(app);
            return (await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync(TestTimeouts.Token))).Message;
        }
    }
}
