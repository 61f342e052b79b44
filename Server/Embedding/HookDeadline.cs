namespace ChatHub.Server.Embedding;

/// <summary>The time of <see cref="HookOptions.TimeoutMilliseconds"/> that the hooks have together.</summary>
/// <param name="StartedAt">A timestamp of the time provider.</param>
public readonly record struct HookDeadline(long StartedAt);
