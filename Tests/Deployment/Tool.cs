using System.Diagnostics;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Deployment;

/// <summary>A program of the machine, which may be missing: then its test says that it was skipped.</summary>
internal static class Tool
{
    // Publishing restores and compiles.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    // Daemons lie where an ordinary user's path may not lead.
    private static readonly string[] Folders = [.. Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator), "/usr/sbin"];

    public static string Find(string name)
    {
        var found = Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (found is null)
            Assert.Skip($"{name} is not installed here.");
        return found;
    }

    /// <summary>Runs it to its end; answers the exit code and all that it wrote.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestTimeouts.Token);
            var errors = process.StandardError.ReadToEndAsync(TestTimeouts.Token);
            await process.WaitForExitAsync(TestTimeouts.Token).WaitAsync(Longest);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            process.Kill();
        }
    }
}
