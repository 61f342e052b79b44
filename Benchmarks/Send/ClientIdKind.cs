namespace ChatHub.Benchmarks.Send;

/// <summary>
/// How a client makes its messages' ids: ordered by time, as the SDK does, so that the server's index grows at one end; or at
/// random, so that each lands on a page of its own.
/// </summary>
public sealed record ClientIdKind(string Name, Func<Guid> New)
{
    public static ClientIdKind Random { get; } = new("random ids", Guid.NewGuid);
    public static ClientIdKind Ordered { get; } = new("ordered ids", Guid.CreateVersion7);

    public static ClientIdKind Parse(string name) => name switch
    {
        "random" => Random,
        "ordered" => Ordered,
        _ => throw new BenchmarkException("--client-ids wants random, ordered, or both separated by a comma"),
    };
}
