using System.Diagnostics;
using System.Xml.Linq;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Packages;

/// <summary>
/// The packages of the SDK and the server, packed into a feed, and programs that reference them from there: copies of Tests/Packages/Programs
/// outside the repository, so that nothing but the packages connects them. Needs the packages of a restore, as any build.
/// </summary>
public sealed class PackedSdk : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly string _version = $"0.0.1-test.{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}";
    private string _globalPackages = "";

    public string Feed => Path.Combine(_folder.FullName, "feed");

    public async ValueTask InitializeAsync()
    {
        // As they were built with the tests, and all by one MSBuild: builds of their own would cost a minute.
        var projects = string.Join(';', ((string[])["Contracts", "Client", "Server"]).Select(name => Repository.File(name, $"{name}.csproj")));
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "pack.proj"),
            $"""<Project><Target Name="Pack"><MSBuild Projects="{projects}" Targets="Pack" /></Target></Project>""",
            TestTimeouts.Token);
        await DotnetAsync(
            _folder.FullName, "msbuild", "pack.proj", "-p:NoBuild=true", $"-p:Configuration={BuiltProgram.Configuration}", $"-p:PackageOutputPath={Feed}", $"-p:Version={_version}");
        _globalPackages = (await DotnetAsync(_folder.FullName, "nuget", "locals", "global-packages", "--list")).Split(' ', 2)[1].Trim();
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "NuGet.config"),
            $"""<configuration><packageSources><add key="packed" value="{Feed}" /></packageSources></configuration>""",
            TestTimeouts.Token);
    }

    /// <param name="program">Its name.</param>
    /// <param name="sources">Files that are added.</param>
    /// <returns>The folder of the published program, and what the build said.</returns>
    public async Task<(string Folder, string Log)> PublishAsync(string program, params (string Name, string Text)[] sources)
    {
        var project = Path.Combine(_folder.FullName, program);
        foreach (var file in Directory.GetFiles(Repository.File($"Tests/Packages/Programs/{program}"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(project, Path.GetRelativePath(Repository.File($"Tests/Packages/Programs/{program}"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        foreach (var (name, text) in sources)
            await File.WriteAllTextAsync(Path.Combine(project, name), text, TestTimeouts.Token);

        var output = Path.Combine(_folder.FullName, $"{program}-published");
        var log = await DotnetAsync(project, "publish", "-c", "Release", "-o", output, "-p:RunAnalyzers=false", $"-p:ChatHubVersion={_version}", $"-p:AspNetCoreVersion={AspNetCoreVersion()}");
        return (output, log);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();

        // What was restored from the feed is of use to no other run.
        foreach (var package in (string[])["chathub.contracts", "chathub.client", "chathub.server"])
        {
            var restored = Path.Combine(_globalPackages, package, _version);
            if (_globalPackages.Length > 0 && Directory.Exists(restored))
                Directory.Delete(restored, recursive: true);
        }

        return default;
    }

    // The version that the SDK itself is built with.
    private static string AspNetCoreVersion() => XDocument.Load(Repository.File("Directory.Packages.props"))
        .Descendants("PackageVersion").Single(element => element.Attribute("Include")!.Value == "Microsoft.AspNetCore.SignalR.Client").Attribute("Version")!.Value;

    private static async Task<string> DotnetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [.. arguments, .. arguments[0] == "nuget" ? Array.Empty<string>() : ["-nologo", "-v:quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false"]])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)}:\n{output}");
    }
}
