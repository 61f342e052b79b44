namespace ChatHub.Benchmarks.Growth;

/// <summary>One kind of call that is measured.</summary>
/// <param name="Name">In the table.</param>
/// <param name="RunAsync">Makes the call number n, and throws when the answer is not what it should be.</param>
public sealed record GrowthOperation(string Name, Func<int, Task> RunAsync);
