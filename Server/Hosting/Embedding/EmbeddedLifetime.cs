namespace ChatHub.Server.Hosting.Embedding;

/// <summary>An embedded ChatHub starts and stops with its host, which handles the operator's signals.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
