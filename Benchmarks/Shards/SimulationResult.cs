namespace ChatHub.Benchmarks.Shards;

/// <summary>What happened in one run, or in several together.</summary>
public readonly record struct SimulationResult(
    long Messages, long RefusedMessages, long Requests, long RefusedRequests, long Sent, long Lost, long Doubled, long Stops)
{
    public static SimulationResult operator +(SimulationResult a, SimulationResult b) => new(
        a.Messages + b.Messages, a.RefusedMessages + b.RefusedMessages, a.Requests + b.Requests, a.RefusedRequests + b.RefusedRequests,
        a.Sent + b.Sent, a.Lost + b.Lost, a.Doubled + b.Doubled, a.Stops + b.Stops);
}
