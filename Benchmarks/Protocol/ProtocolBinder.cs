using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Benchmarks;

/// <summary>Both ends in one: the parameters of the hub's methods and of its events; every result is a page of messages.</summary>
internal sealed class ProtocolBinder : IInvocationBinder
{
    private static readonly Dictionary<string, Type[]> Parameters = new[] { typeof(IChatHub), typeof(IChatClient) }
        .SelectMany(side => side.GetMethods())
        .ToDictionary(method => method.Name, method => method.GetParameters().Select(parameter => parameter.ParameterType).ToArray());

    public IReadOnlyList<Type> GetParameterTypes(string methodName) => Parameters[methodName];

    public Type GetReturnType(string invocationId) => typeof(MessagePage);

    public Type GetStreamItemType(string streamId) => typeof(Message);
}
