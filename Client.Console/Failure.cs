using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal;

/// <summary>A failure as one line, and the exit code it gives a script.</summary>
internal sealed record Failure(Line Line, int ExitCode)
{
    /// <summary>Null for an exception that is a bug of the program.</summary>
    public static Failure? Of(Exception exception) => exception switch
    {
        ChatHubException { RetryAfterSeconds: { } wait } e => new(Red($"{e.Code}: {e.Message} (again in {wait} s)"), Terminal.ExitCode.Refused),
        ChatHubException e => new(Red($"{e.Code}: {e.Message}"), Terminal.ExitCode.Refused),
        TimeoutException e => new(Red($"timeout: {e.Message}"), Terminal.ExitCode.Refused),
        UsageException e => new(Red(e.Message), Terminal.ExitCode.Usage),
        ChatHubUnreachableException e => new(Red($"cannot connect: {e.Message}"), Terminal.ExitCode.CannotConnect),
        _ => null,
    };

    private static Line Red(string text) => new(new Span($"! {text}", Tone.Red));
}
