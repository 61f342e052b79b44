namespace ChatHub.Server.Outbox;

/// <summary>The dispatchers of all channels.</summary>
public sealed record ChannelDispatchers(IReadOnlyList<ChannelDispatcher> All);
