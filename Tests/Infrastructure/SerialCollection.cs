using Xunit;

namespace ChatHub.Tests.Infrastructure;

/// <summary>
/// Tests that run while no other does: they hold the product to a time, or their instances live in this process and would
/// take a starved thread pool for an outage of Redis.
/// </summary>
[CollectionDefinition(nameof(SerialCollection), DisableParallelization = true)]
public sealed class SerialCollection;
