using Xunit;

namespace ChatHub.Tests.Infrastructure;

/// <summary>
/// Tests that run alone: they assert a duration, or their instances run in this process and would take a starved thread
/// pool for an outage of Redis.
/// </summary>
[CollectionDefinition(nameof(SerialCollection), DisableParallelization = true)]
public sealed class SerialCollection;
