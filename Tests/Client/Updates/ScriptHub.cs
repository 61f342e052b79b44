using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ChatHub.Contracts;

namespace ChatHub.Tests.Client.Updates;

/// <summary>A hub whose calls wait for the script to answer them.</summary>
/// <param name="stopping">Ends the calls that the script leaves unanswered.</param>
internal sealed class ScriptHub(CancellationToken stopping) : HubStub
{
    private readonly Channel<ScriptCall> _calls = Channel.CreateUnbounded<ScriptCall>();

    public ChannelReader<ScriptCall> Calls => _calls.Reader;

    public override Task<Me> GetMe(EmptyInput input) => AnsweredAsync<Me>(input);
    public override Task<Page<Conversation>> ListConversations(ListConversationsInput input) => AnsweredAsync<Page<Conversation>>(input);
    public override Task<Page<Request>> ListRequests(ListRequestsInput input) => AnsweredAsync<Page<Request>>(input);
    public override Task<MessagePage> GetMessages(GetMessagesInput input) => AnsweredAsync<MessagePage>(input);
    public override Task<SyncPage> Sync(SyncInput input) => AnsweredAsync<SyncPage>(input);

    private async Task<T> AnsweredAsync<T>(object input, [CallerMemberName] string method = "")
    {
        var call = new ScriptCall(method, JsonSerializer.SerializeToNode(input, ContractJson.Default.GetTypeInfo(input.GetType())!)!, typeof(T));
        _calls.Writer.TryWrite(call);
        return (T)await call.Answer.Task.WaitAsync(stopping);
    }
}

/// <summary>A call that waits for its answer.</summary>
/// <param name="Method">Its name on the wire.</param>
/// <param name="Input">Its argument as on the wire.</param>
/// <param name="Result">The type of its answer.</param>
internal sealed record ScriptCall(string Method, JsonNode Input, Type Result)
{
    public TaskCompletionSource<object> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
