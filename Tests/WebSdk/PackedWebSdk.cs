using System.Diagnostics;
using System.Text.Json.Nodes;
using ChatHub.Tests.Infrastructure;
using Xunit;

[assembly: AssemblyFixture(typeof(ChatHub.Tests.WebSdk.PackedWebSdk))]

namespace ChatHub.Tests.WebSdk;

/// <summary>
/// The web SDK as others get it: packed, and installed in a folder outside the repository, with nothing beside it but the
/// dependencies that its package declares. Made once, when a test first needs it.
/// </summary>
public sealed class PackedWebSdk : IAsyncDisposable
{
    private static readonly TimeSpan MaxRun = TimeSpan.FromMinutes(5);

    private readonly Lazy<Task<TempFolder>> _installed = new(InstallAsync);

    private static string Workspaces => Repository.File("Client.Web");

    /// <summary>Starts a script of the SDK's own in the folder.</summary>
    /// <param name="script">Its path below <c>Client.Web/client</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    public async Task<NodeProcess> StartAsync(string script, params string[] arguments)
    {
        var folder = await _installed.Value;
        var copy = folder.File(Path.GetFileName(script));
        File.Copy(Path.Combine(Workspaces, "client", script), copy, overwrite: true);
        return new(folder.FullName, [copy, .. arguments]);
    }

    /// <summary>Runs npm in the workspaces' root.</summary>
    /// <returns>All that it wrote; the test fails unless it ends with 0.</returns>
    public static async Task<string> NpmAsync(params string[] arguments)
    {
        if (!Directory.Exists(Path.Combine(Workspaces, "node_modules")))
            Assert.Skip("Client.Web has no node_modules: run npm ci there.");
        return await RunAsync("npm", Workspaces, arguments);
    }

    public async ValueTask DisposeAsync()
    {
        if (_installed.IsValueCreated && _installed.Value.IsCompletedSuccessfully)
            (await _installed.Value).Dispose();
    }

    private static async Task<TempFolder> InstallAsync()
    {
        var folder = new TempFolder();
        await NpmAsync("pack", "--workspace", "client", "--silent", "--pack-destination", folder.FullName);
        var package = Directory.GetFiles(folder.FullName, "*.tgz").Single();
        await RunAsync("tar", folder.FullName, "-xzf", package);
        var target = folder.File(Path.Combine("node_modules", "@chathub", "client"));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        Directory.Move(folder.File("package"), target);

        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(target, "package.json"), TestTimeouts.Token))!;
        foreach (var (name, _) in manifest["dependencies"]!.AsObject())
        {
            var link = folder.File(Path.Combine("node_modules", name));
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            Directory.CreateSymbolicLink(link, Path.Combine(Workspaces, "node_modules", name));
        }

        return folder;
    }

    private static async Task<string> RunAsync(string program, string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestTimeouts.Token);
            var errors = process.StandardError.ReadToEndAsync(TestTimeouts.Token);
            await process.WaitForExitAsync(TestTimeouts.Token).WaitAsync(MaxRun);
            var written = await output + await errors;
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}:\n{written}");
            return written;
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
