using System.Diagnostics;
using Xunit;

namespace ChatHub.Tests.Infrastructure;

/// <summary>Runs a script of <c>Tests/JavaScript</c>, with the official packages at hand.</summary>
internal static class Node
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Writes lines to the script and returns the lines that it wrote. A script that fails fails the test.</summary>
    public static async Task<string[]> RunAsync(string script, string[] arguments, IEnumerable<string> input)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Longest);
        using var node = Start(script, arguments);
        try
        {
            var output = node.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = node.StandardError.ReadToEndAsync(timeout.Token);
            await Feed(node, input, timeout.Token);
            await node.WaitForExitAsync(timeout.Token);
            Assert.True(node.ExitCode == 0, await errors);
            return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            node.Kill();
        }
    }

    private static async Task Feed(Process node, IEnumerable<string> input, CancellationToken cancellation)
    {
        try
        {
            foreach (var line in input)
                await node.StandardInput.WriteLineAsync(line.AsMemory(), cancellation);
            node.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended early: its exit code and its last words say why.
        }
    }

    private static Process Start(string script, string[] arguments)
    {
        var folder = Repository.File("Tests", "JavaScript");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            Assert.Skip("Tests/JavaScript has no node_modules: run npm ci there.");

        return Process.Start(new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
