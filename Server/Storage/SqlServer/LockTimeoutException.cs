namespace ChatHub.Server.Storage.SqlServer;

/// <summary>An application lock was not granted in time: another instance holds it.</summary>
/// <param name="resource">Its name.</param>
/// <param name="code">What sp_getapplock returned: -1 for the time-out.</param>
internal sealed class LockTimeoutException(string resource, int code)
    : Exception($"The application lock {resource} was not granted in time ({code}).");
