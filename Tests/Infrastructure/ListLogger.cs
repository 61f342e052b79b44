using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ChatHub.Tests.Infrastructure;

/// <summary>Keeps what is logged.</summary>
internal sealed class ListLogger<T> : ILogger<T>
{
    private readonly ConcurrentQueue<(LogLevel Level, int Id, string Message)> _entries = [];

    public IReadOnlyCollection<(LogLevel Level, int Id, string Message)> Entries => _entries;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue((logLevel, eventId.Id, formatter(state, exception)));
}
