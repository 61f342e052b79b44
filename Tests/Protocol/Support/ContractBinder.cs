using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Tests.Protocol.Support;

/// <summary>
/// Server and client in one: knows the parameters of the hub's methods and of its events. An invocation's or stream's id is
/// the name of the method whose result it carries.
/// </summary>
internal sealed class ContractBinder : IInvocationBinder
{
    private static readonly Dictionary<string, Type[]> Parameters = new[] { typeof(IChatHub), typeof(IChatClient) }
        .SelectMany(side => side.GetMethods())
        .ToDictionary(method => method.Name, method => method.GetParameters().Select(parameter => parameter.ParameterType).ToArray());

    private static readonly Dictionary<string, Type> Results = typeof(IChatHub).GetMethods()
        .ToDictionary(method => method.Name, method => method.ReturnType.GetGenericArguments()[0]);

    /// <summary>Each method and event with its parameter.</summary>
    public static IEnumerable<(string Target, Type Parameter)> Calls => Parameters.Select(call => (call.Key, call.Value[0]));

    /// <summary>Each method with its result.</summary>
    public static IEnumerable<(string Id, Type Result)> Answers => Results.Select(answer => (answer.Key, answer.Value));

    public IReadOnlyList<Type> GetParameterTypes(string methodName) => Parameters[methodName];

    public Type GetReturnType(string invocationId) => Results[invocationId];

    public Type GetStreamItemType(string streamId) => Results[streamId];
}
