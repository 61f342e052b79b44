namespace ChatHub.Tests.Infrastructure;

/// <summary>The working copy that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>
    /// A program of the repository in its own output folder, of this build's configuration: one that does not need the
    /// ASP.NET Core framework cannot run from the tests' folder, which has that framework in place of its packages.
    /// </summary>
    public static string Program(string project, string name)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return File(project, "bin", output.Parent!.Name, output.Name, name);
    }

    private static string Find(string folder) =>
        System.IO.File.Exists(Path.Combine(folder, "ChatHub.sln"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside their repository."));
}
