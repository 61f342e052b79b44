using ChatHub.Contracts;

namespace ChatHub.Server.Hubs;

public sealed partial class ChatHub
{
    public Task<RequestChanged> SendRequest(SendRequestInput input) => requests.Send.SendAsync(Caller, input, Aborted);
    public Task<Page<Request>> ListRequests(ListRequestsInput input) => requests.Queries.ListAsync(Caller, input, Aborted);
    public Task<Request> GetRequest(RequestInput input) => requests.Queries.GetAsync(Caller, input, Aborted);
    public Task<RequestAccepted> AcceptRequest(RequestInput input) => requests.Accept.AcceptAsync(Caller, input, Aborted);
    public Task<RequestRemoved> DeleteRequest(RequestInput input) => requests.Delete.DeleteAsync(Caller, input, Aborted);
    public Task<RequestsRemoved> DeleteRequests(DeleteRequestsInput input) => requests.DeleteMany.DeleteAsync(Caller, input, Aborted);
    public Task<RequestRestored> RestoreRequest(RequestInput input) => requests.Restore.RestoreAsync(Caller, input, Aborted);
    public Task<RequestChanged> WithdrawRequest(RequestInput input) => requests.Withdraw.WithdrawAsync(Caller, input, Aborted);
    public Task<ConversationChanged> OpenConversation(UserInput input) => requests.OpenConversation.OpenAsync(Caller, input, Aborted);
    public Task<BlockChanged> Block(UserInput input) => requests.Blocks.BlockAsync(Caller, input, Aborted);
    public Task<BlockChanged> Unblock(UserInput input) => requests.Blocks.UnblockAsync(Caller, input, Aborted);
    public Task<ReportReceipt> Report(ReportInput input) => reports.ReportAsync(Caller, input, Aborted);
}
