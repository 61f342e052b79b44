namespace ChatHub.Tests.Tds;

/// <summary>What the proxy does with a request instead of handing it on.</summary>
public abstract record TdsAction
{
    private TdsAction()
    {
    }

    /// <summary>Responds with these errors. As on a server with XACT_ABORT, the open transaction is rolled back first.</summary>
    public static TdsAction Fail(params TdsError[] errors) => new Failure(errors);

    /// <summary>Breaks the connection before the server has received the request.</summary>
    public static TdsAction Cut() => new Broken(AfterResponse: false);

    /// <summary>Lets the server carry it out, and breaks the connection before the client has received the response.</summary>
    public static TdsAction CutAfterwards() => new Broken(AfterResponse: true);

    /// <summary>Never responds: the client's time-out runs out.</summary>
    public static TdsAction Ignore() => new Ignored();

    /// <summary>Hands it on when the task ends.</summary>
    public static TdsAction HoldUntil(Task release) => new Held(() => release);

    /// <summary>Hands it on later.</summary>
    public static TdsAction Delay(TimeSpan delay) => new Held(() => Task.Delay(delay));

    /// <summary>Hands on another batch instead.</summary>
    public static TdsAction Rewrite(Func<string, string> rewrite) => new Rewritten(rewrite);

    internal sealed record Failure(IReadOnlyList<TdsError> Errors) : TdsAction;

    internal sealed record Broken(bool AfterResponse) : TdsAction;

    internal sealed record Ignored : TdsAction;

    internal sealed record Held(Func<Task> Release) : TdsAction;

    internal sealed record Rewritten(Func<string, string> Sql) : TdsAction;
}
