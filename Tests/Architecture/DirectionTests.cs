using System.Reflection;
using ChatHub.Contracts;
using ChatHub.Server;
using Xunit;

namespace ChatHub.Tests.Architecture;

/// <summary>Dependencies point one way: a module uses only those below it.</summary>
public sealed class DirectionTests
{
    private const string Prefix = "ChatHub.Server.";

    // From the top down. Hosting is composition: it sees all, and only the hub's endpoints see it.
    private static readonly string[] Modules =
        ["Hosting", "Hubs", "Sync", "Requests", "Conversations", "People", "Safety", "Outbox", "Changes", "Delivery", "Embedding", "Common", "Storage"];

    private static readonly Assembly Server = typeof(ChatHubApplication).Assembly;

    [Fact]
    public void Every_server_type_belongs_to_a_known_module() =>
        Assert.All(
            Server.GetTypes().Where(type => type.Namespace?.StartsWith(Prefix, StringComparison.Ordinal) == true),
            type => Assert.Contains(Module(type), Modules));

    [Fact]
    public void A_module_never_uses_one_above_it()
    {
        var arrowsUp =
            from type in Server.GetTypes()
            let module = Module(type)
            where module is not null
            from used in Dependencies.Of(type)
            let usedModule = Module(used)
            where usedModule is not null && Rank(usedModule) < Rank(module) && !(module == "Hubs" && usedModule == "Hosting")
            select $"{type.FullName} uses {used.FullName}";

        Assert.Empty(arrowsUp.Distinct());
    }

    [Fact]
    public void Dependencies_include_those_of_method_bodies()
    {
        // Used nowhere but in a body: were it not found, the test above would prove nothing.
        Assert.Contains(typeof(TempException), Dependencies.Of(typeof(Example)));
    }

    [Fact]
    public void Contracts_reference_no_other_assembly_of_the_project() =>
        Assert.DoesNotContain(
            typeof(ChatHubException).Assembly.GetReferencedAssemblies(),
            name => name.Name is "Server" || name.Name!.StartsWith("ChatHub", StringComparison.Ordinal));

    [Fact]
    public void The_SDK_does_not_reference_the_server() =>
        Assert.DoesNotContain(typeof(ChatHub.Client.ChatHubClient).Assembly.GetReferencedAssemblies(), name => name.Name is "Server");

    private static int Rank(string module) => Array.IndexOf(Modules, module);

    private static string? Module(Type type) =>
        type.Assembly == Server && type.Namespace?.StartsWith(Prefix, StringComparison.Ordinal) == true
            ? type.Namespace[Prefix.Length..].Split('.')[0]
            : null;

    private sealed class TempException : Exception;

    private static class Example
    {
        public static void Throw() => throw new TempException();
    }
}
