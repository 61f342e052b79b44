using System.Diagnostics;
using System.Globalization;

namespace ChatHub.Benchmarks.Users;

/// <summary>
/// Many users of their own, connected and silent, in a process of their own: their sockets count against its limit of open files,
/// and their memory is not the driver's. Disposal checks that none was lost.
/// </summary>
public sealed class SilentUsers : IAsyncDisposable
{
    public const string Verb = "silent";
    private const string AllConnected = "connected";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Process _process;

    private SilentUsers(Process process) => _process = process;

    /// <param name="server">Where they connect.</param>
    /// <param name="first">The number of the first user.</param>
    /// <param name="count">How many.</param>
    /// <param name="isControl">Whether it is the control, whose tokens are user ids.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public static async Task<SilentUsers> ConnectAsync(Uri server, int first, int count, bool isControl, CancellationToken cancellation)
    {
        string[] arguments = [typeof(SilentUsers).Assembly.Location, Verb, server.ToString(), Text(first), Text(count), isControl ? "control" : "chathub"];
        var users = new SilentUsers(Process.Start(new ProcessStartInfo(ServerProcess.DotnetHost, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
        try
        {
            var line = await users._process.StandardOutput.ReadLineAsync(cancellation).AsTask().WaitAsync(Longest, cancellation);
            return line == AllConnected ? users : throw new BenchmarkException($"{count} silent users could not connect");
        }
        catch
        {
            users._process.Kill();
            throw;
        }
    }

    /// <summary>The process: connects them, and holds them until its input ends. The exit code is 1 if one was lost.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        const int atOnce = 64;
        var (server, first, count, isControl) = (new Uri(args[0]), Number(args[1]), Number(args[2]), args[3] == "control");
        OpenFiles.Require(count);
        var lost = 0;
        var sockets = new Wires.HubSocket[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (index, cancellation) =>
        {
            var id = UserDirectory.UserId(first + index);
            sockets[index] = await Wires.HubSocket.ConnectAsync(server, isControl ? id : BenchmarkTokens.Of(id), cancellation);
            sockets[index].Lost = _ => Interlocked.Increment(ref lost);
        });
        Console.WriteLine(AllConnected);
        await Console.In.ReadToEndAsync();
        // The process ends with its sockets open, as a crowd that goes away does.
        if (Volatile.Read(ref lost) is > 0 and var few)
            throw new BenchmarkException($"{few} of {count} silent users were disconnected");
        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        var exitCode = _process.ExitCode;
        _process.Dispose();
        if (exitCode != 0)
            throw new BenchmarkException("silent users did not stay connected");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
