using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Benchmarks.Control;

/// <summary>
/// The control: a stock SignalR hub with the JSON protocol and the contract's shapes; no storage, no rules, no limits,
/// and no authentication (the access token is the user's id).
/// </summary>
public static class ControlServer
{
    /// <summary>The setting that carries how many calls of one connection may run at once.</summary>
    public const string ParallelCallsKey = "ParallelCalls";

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton<IUserIdProvider, TokenIsUserId>();
        builder.Services
            .AddSignalR(hub =>
            {
                hub.MaximumParallelInvocationsPerClient = builder.Configuration.GetValue(ParallelCallsKey, defaultValue: 1);
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
