namespace ChatHub.Benchmarks;

/// <summary>A run that must not be believed: a wrong argument, a refused call, a lost or doubled message, a server that fell over.</summary>
public sealed class BenchmarkException(string message) : Exception(message);
