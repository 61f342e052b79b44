using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Tests.Protocol.Support;

/// <summary>Everything is of one type: each call has one argument of it, each result and stream item is one.</summary>
internal sealed class OneTypeBinder(Type type) : IInvocationBinder
{
    public IReadOnlyList<Type> GetParameterTypes(string methodName) => [type];

    public Type GetReturnType(string invocationId) => type;

    public Type GetStreamItemType(string streamId) => type;
}
