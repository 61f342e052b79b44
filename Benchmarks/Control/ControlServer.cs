using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Benchmarks.Control;

/// <summary>
/// The control: a stock SignalR hub with the JSON protocol and the contract's shapes; no storage, no rules, no limits,
/// and no authentication (the access token is the user's id).
/// </summary>
public static class ControlServer
{
    // As ChatHub has it: calls of one connection overlap.
    private const int ParallelCalls = 16;

    public static async Task<int> RunAsync(string[] args)
    {
        // Settings are watched for changes where the content lies: not in the folder that the other server's database writes to.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton<IUserIdProvider, TokenIsUserId>();
        builder.Services
            .AddSignalR(hub =>
            {
                hub.MaximumParallelInvocationsPerClient = ParallelCalls;
                hub.MaximumReceiveMessageSize = Limits.HubMessageBytes;
            })
            .AddJsonProtocol(json => ContractJson.Apply(json.PayloadSerializerOptions));
        await using var app = builder.Build();
        app.MapHub<ControlHub>(Limits.HubPath);
        await app.RunAsync();
        return 0;
    }

    private sealed class TokenIsUserId : IUserIdProvider
    {
        public string? GetUserId(HubConnectionContext connection) =>
            connection.GetHttpContext()?.Request.Query["access_token"];
    }
}
