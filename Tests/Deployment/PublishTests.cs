using System.Diagnostics;
using System.Net;
using ChatHub.Server.Hosting.Web;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Deployment;

/// <summary>What the Dockerfile does, without Docker: from the files that its context holds to a folder that runs from anywhere.</summary>
public sealed class PublishTests
{
    [Fact]
    public async Task Published_folder_runs_from_any_working_directory()
    {
        using var context = new TempFolder();
        using var published = new TempFolder();
        CopyContext(context.FullName);

        var (exitCode, output) = await Tool.RunAsync(
            "dotnet", context.FullName, "publish", "Server", "-c", "Release", "-o", published.FullName, "--nologo", "-nodeReuse:false",
            "-p:RunAnalyzers=false"); // the solution's own build has run them
        Assert.True(exitCode == 0, output);

        // Its working directory is another, where its relative database is then found; its settings lie beside it.
        await using var server = await ServerProcess.StartAsync(
            published.File("Server.dll"), ("Storage:ConnectionString", "Data Source=chathub.db"));
        await using var chat = await server.OpenChatAsync();
        Assert.Equal(2, (await chat.Alice.SayAsync(chat.Id, "Hello from a published server")).Message.Seq);
        Assert.True(File.Exists(Assert.IsType<SqliteTestDatabase>(server.Database).FilePath));
        Assert.True(File.Exists(published.File("appsettings.json")));
        // With the web inbox, where this machine has built one: within the program, and beside it.
        var inbox = await server.HttpAsync("GET", "/inbox.js", Credentials.None);
        Assert.Equal(WebFiles.AreBuilt ? HttpStatusCode.OK : HttpStatusCode.NotFound, inbox.Status);
        var beside = published.File(Path.Combine("wwwroot", "inbox.js"));
        Assert.Equal(WebFiles.AreBuilt ? inbox.Content : null, File.Exists(beside) ? await File.ReadAllBytesAsync(beside, TestTimeouts.Token) : null);
        Assert.True(await server.IsHealthyAsync());
    }

    [Fact]
    public async Task Dotnet_run_puts_the_database_where_it_is_called_from()
    {
        using var folder = new TempFolder();
        var start = new ProcessStartInfo("dotnet", ["run", "--no-build", "--project", Path.Combine(Repository.Root, "Server")])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
        };
        start.Environment["Urls"] = "http://127.0.0.1:0";
        using var process = Process.Start(start)!;
        try
        {
            // It says where the file is, too.
            string? line;
            do
                line = await process.StandardOutput.ReadLineAsync(TestTimeouts.Token).AsTask().SoonAsync();
            while (line?.Contains("ChatHub is ready", StringComparison.Ordinal) == false);
            Assert.Contains(folder.File("chathub.db"), line, StringComparison.Ordinal);
            Assert.True(File.Exists(folder.File("chathub.db")));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(TestTimeouts.Token);
        }
    }

    private static void CopyContext(string to)
    {
        var ignored = File.ReadLines(Repository.File(".dockerignore")).Where(line => line.Length > 0 && line[0] != '#').ToHashSet();
        // Each line is a name at the top, a name anywhere, or an ending at the top.
        bool IsIgnored(string path) =>
            ignored.Contains(path) || ignored.Contains($"**/{Path.GetFileName(path)}")
            || ignored.Any(pattern => pattern[0] == '*' && pattern[1] == '.' && path.Contains(pattern.Trim('*'), StringComparison.Ordinal));
        foreach (var file in Files(Repository.Root, "", IsIgnored))
        {
            var copy = Path.Combine(to, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(Repository.Root, file), copy);
        }
    }

    private static IEnumerable<string> Files(string root, string folder, Func<string, bool> isIgnored)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(Path.Combine(root, folder)).Select(path => Path.GetRelativePath(root, path)))
        {
            if (isIgnored(path))
                continue;
            if (File.Exists(Path.Combine(root, path)))
                yield return path;
            else
                foreach (var file in Files(root, path, isIgnored))
                    yield return file;
        }
    }
}
