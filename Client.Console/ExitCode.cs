namespace ChatHub.Terminal;

/// <summary>The program's exit codes.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The server refused a command of the script, or an awaited event did not arrive.</summary>
    public const int Refused = 1;

    /// <summary>The program or a command of the script was called with wrong arguments.</summary>
    public const int Usage = 2;

    public const int CannotConnect = 3;

    /// <summary>Ctrl+C: 128 + SIGINT, as shells expect.</summary>
    public const int Interrupted = 130;
}
