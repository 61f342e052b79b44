using System.Diagnostics;
using System.Net;
using System.Text;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Telemetry;

/// <summary>Metrics and traces of a real process, as a scraper and a receiver get them.</summary>
public sealed class TelemetryTests
{
    private const string Secret = "the text of a message that no label may hold";

    [Fact]
    public async Task Prometheus_reads_calls_commits_pushes_and_connections_at_a_listener_of_its_own()
    {
        await using var server = await ServerProcess.StartAsync(PrometheusScrape.Setting);
        var address = await PrometheusScrape.AddressOfAsync(server);
        var chat = await server.OpenChatAsync();
        await using var alice = chat.Alice;
        await using var bob = chat.Bob;
        await alice.SayAsync(chat.Id, Secret);
        await bob.NextAsync<MessageReceived>();
        await Assert.ThrowsAsync<ChatHubException>(() => alice.Hub.GetConversation(new() { ConversationId = "nothing" }));

        var scrape = await PrometheusScrape.ReadAsync(address);

        Assert.Equal(1, scrape.Value("chathub_hub_call_duration_seconds_count", "method=\"SendMessage\"", "outcome=\"ok\""));
        Assert.Equal(1, scrape.Value("chathub_hub_call_duration_seconds_count", "method=\"GetConversation\"", "outcome=\"conversation_not_found\""));
        Assert.Equal(2, scrape.Value("chathub_hub_connections"));
        Assert.Equal(0, scrape.Value("chathub_storage_queue_depth"));
        Assert.True(scrape.Value("chathub_storage_commit_duration_seconds_count") > 0);
        Assert.True(scrape.Value("chathub_storage_commit_group_size_sum") >= scrape.Value("chathub_storage_commit_group_size_count"));
        Assert.True(scrape.Value("chathub_delivery_pushes_total") >= 3);
        foreach (var secret in (string[])[alice.Id, bob.Id, alice.Account.Username, bob.Account.Username, chat.Id, Secret])
            Assert.DoesNotContain(secret, scrape.Text, StringComparison.Ordinal);
        using var http = new HttpClient();
        // Nothing else is served there, and the main listener serves no metrics.
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(address, "/health/live"), TestTimeouts.Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.HttpAsync("GET", "/metrics", Credentials.Service)).Status);
    }

    [Fact]
    public async Task Metrics_on_the_main_listener_are_for_the_role_service()
    {
        await using var server = await ServerProcess.StartAsync(("Telemetry:Prometheus", "true"));

        Assert.Equal(HttpStatusCode.Unauthorized, (await server.HttpAsync("GET", "/metrics", Credentials.None)).Status);
        var scraped = await server.HttpAsync("GET", "/metrics", Credentials.Service);
        Assert.Equal(HttpStatusCode.OK, scraped.Status);
        Assert.Contains("chathub_storage_commit_duration_seconds", Encoding.UTF8.GetString(scraped.Content), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_gets_metrics_and_a_trace_from_the_client_through_hub_storage_and_delivery()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var server = await ServerProcess.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "300"), ("OTEL_BSP_SCHEDULE_DELAY", "100"));
        var chat = await server.OpenChatAsync();
        await using var alice = chat.Alice;
        await using var bob = chat.Bob;

        using var client = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore.SignalR.Client",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(client);
        using var trace = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        trace.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        await alice.SayAsync(chat.Id, Secret);
        trace.Stop();

        await receiver.WaitForAsync("metrics", "chathub.hub.call.duration", "chathub.storage.commit.duration", "chathub.delivery.pushes");
        await receiver.WaitForAsync("traces", "chathub.storage.command", "chathub.delivery.publish", "Microsoft.AspNetCore.SignalR.Server");
        await receiver.WaitForAsync("traces", [Convert.FromHexString(trace.TraceId.ToHexString())]);
        foreach (var secret in (string[])[alice.Id, alice.Account.Token, alice.Account.Username, Secret])
            Assert.False(receiver.Holds("metrics", secret) || receiver.Holds("traces", secret), secret);
    }

    [Fact]
    public async Task Structured_logs_are_JSON_by_a_setting()
    {
        await using var server = await ServerProcess.StartAsync(("Logging:Console:FormatterName", "json"));

        var line = await server.Log.FindAsync("ChatHub is ready");
        var entry = System.Text.Json.JsonElement.Parse(line);
        Assert.Equal((1001, "Information"), (entry.GetProperty("EventId").GetInt32(), entry.GetProperty("LogLevel").GetString()));
    }
}
