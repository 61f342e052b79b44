using System.ComponentModel;
using ChatHub.Benchmarks.Reports;
using ChatHub.Benchmarks.Send;
using ChatHub.Benchmarks.Wires;

namespace ChatHub.Benchmarks.Peers;

/// <summary>The load of `send` on a server of Socket.IO with better-sqlite3, which stores every message as durably, and on ChatHub.</summary>
public static class PeersScenario
{
    private const string Name = "Socket.IO with SQLite";

    public static async Task<Report> RunAsync(string[] args)
    {
        var options = SendOptions.Parse(args);
        var rounds = await SendRounds.MeasureAsync(options, [StartAsync, Candidates.ChatHub]);
        var ahead = new Comparison(1, 0);
        return rounds.ToReport("peers", "A message, beside Socket.IO with SQLite") with
        {
            Comparisons = [ahead],
            Goals = [.. options.InFlight.Select(depth => Goal.AtLeast($"messages/s, {SendScenario.InFlight(depth)}", rounds.Row(depth, SendRounds.Rate).Ratio(ahead), 1))],
        };
    }

    private static async Task<Candidate> StartAsync(SendOptions options, string folder, CancellationToken cancellation)
    {
        var own = Candidates.OwnFolder(folder, Name);
        var server = await StartServerAsync(own);
        return await Candidates.ConnectAsync(
            Name, server, (_, token) => ControlPairs.ConnectAsync(server.Address, options.NewClientId, Wire.SocketIo, token), options.Pairs, cancellation);
    }

    private static async Task<ServerProcess> StartServerAsync(string folder)
    {
        var project = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../Peers"));
        if (!Directory.Exists(Path.Combine(project, "node_modules")))
            throw new BenchmarkException("its packages are not installed: npm ci --prefix Benchmarks/Peers");
        try
        {
            var production = new Dictionary<string, string> { ["NODE_ENV"] = "production" };
            return await ServerProcess.StartAsync("node", [Path.Combine(project, "server.mjs"), Path.Combine(folder, "peers.db")], folder, production);
        }
        catch (Win32Exception)
        {
            throw new BenchmarkException("node is not installed");
        }
    }
}
