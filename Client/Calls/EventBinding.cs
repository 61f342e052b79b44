using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatHub.Client;

/// <summary>Routes each event of the wire to the method of the same name.</summary>
internal static class EventBinding
{
    public static void Bind(HubConnection connection, IChatClient sink)
    {
        connection.On<RequestReceived>(nameof(sink.RequestReceived), sink.RequestReceived);
        connection.On<RequestChanged>(nameof(sink.RequestChanged), sink.RequestChanged);
        connection.On<RequestAccepted>(nameof(sink.RequestAccepted), sink.RequestAccepted);
        connection.On<RequestRemoved>(nameof(sink.RequestRemoved), sink.RequestRemoved);
        connection.On<RequestsRemoved>(nameof(sink.RequestsRemoved), sink.RequestsRemoved);
        connection.On<RequestRestored>(nameof(sink.RequestRestored), sink.RequestRestored);
        connection.On<MessageReceived>(nameof(sink.MessageReceived), sink.MessageReceived);
        connection.On<MessageChanged>(nameof(sink.MessageChanged), sink.MessageChanged);
        connection.On<MessagesSeen>(nameof(sink.MessagesSeen), sink.MessagesSeen);
        connection.On<ConversationChanged>(nameof(sink.ConversationChanged), sink.ConversationChanged);
        connection.On<BlockChanged>(nameof(sink.BlockChanged), sink.BlockChanged);
        connection.On<MeChanged>(nameof(sink.MeChanged), sink.MeChanged);
        connection.On<Typing>(nameof(sink.Typing), sink.Typing);
        connection.On<PresenceChanged>(nameof(sink.PresenceChanged), sink.PresenceChanged);
        connection.On<Position>(nameof(sink.Position), sink.Position);
        connection.On<ServerDraining>(nameof(sink.ServerDraining), sink.ServerDraining);
    }
}
