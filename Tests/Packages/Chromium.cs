using System.Diagnostics;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.Packages;

/// <summary>A headless browser that shows one page until it is disposed.</summary>
internal sealed class Chromium : IDisposable
{
    private static readonly string? Executable = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private readonly TempFolder _profile = new();
    private readonly Process _process;
    private readonly Task<string> _log;

    public Chromium(Uri page)
    {
        _process = Process.Start(new ProcessStartInfo(
            Executable!, ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--enable-logging=stderr", $"--user-data-dir={_profile.FullName}", $"{page}"])
        {
            RedirectStandardError = true,
        })!;
        _log = _process.StandardError.ReadToEndAsync();
    }

    public static bool IsInstalled => Executable is not null;

    /// <summary>Ends the browser.</summary>
    /// <returns>Its log, the page's console included.</returns>
    public Task<string> StopAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        return _log;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _profile.Dispose();
    }
}
