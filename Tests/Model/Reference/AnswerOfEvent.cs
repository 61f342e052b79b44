using ChatHub.Contracts;

namespace ChatHub.Tests.Model.Reference;

/// <summary>An answer that holds the caller's own event, which is made when the command is done.</summary>
/// <param name="Make">Of the event, if there is one.</param>
internal sealed record AnswerOfEvent(Func<IVersioned?, object> Make);
