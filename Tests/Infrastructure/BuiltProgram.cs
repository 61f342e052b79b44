namespace ChatHub.Tests.Infrastructure;

/// <summary>Programs of the solution in their own build output: beside the tests they would miss what comes with the tests' framework.</summary>
internal static class BuiltProgram
{
    /// <summary>Debug or Release: that of the tests.</summary>
    public static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <param name="project">The project's folder, from the repository's root.</param>
    /// <param name="assembly">The assembly's name.</param>
    public static string PathOf(string project, string assembly) =>
        Repository.File(project, "bin", Configuration, "net10.0", $"{assembly}.dll");
}
