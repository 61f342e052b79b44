using System.Reflection;
using ChatHub.Contracts;
using ChatHub.Server;
using Xunit;

namespace ChatHub.Tests.Architecture;

/// <summary>Dependencies point one way: a room uses only those below it.</summary>
public sealed class DirectionTests
{
    private const string Prefix = "ChatHub.Server.";

    // From the top down. Hosting is composition: it sees all, and only the hub's endpoints see it.
    private static readonly string[] Rooms =
        ["Hosting", "Hubs", "Sync", "Requests", "Conversations", "People", "Safety", "Changes", "Delivery", "Storage"];

    private static readonly Assembly Server = typeof(ChatHubApplication).Assembly;

    [Fact]
    public void Every_type_of_the_server_lies_in_a_known_room() =>
        Assert.All(
            Server.GetTypes().Where(type => type.Namespace?.StartsWith(Prefix, StringComparison.Ordinal) == true),
            type => Assert.Contains(Room(type), Rooms));

    [Fact]
    public void No_room_uses_one_above_it()
    {
        var arrowsUp =
            from type in Server.GetTypes()
            let room = Room(type)
            where room is not null
            from used in Dependencies.Of(type)
            let usedRoom = Room(used)
            where usedRoom is not null && Rank(usedRoom) < Rank(room) && !(room == "Hubs" && usedRoom == "Hosting")
            select $"{type.FullName} uses {used.FullName}";

        Assert.Empty(arrowsUp.Distinct());
    }

    [Fact]
    public void The_test_sees_through_method_bodies()
    {
        // Used nowhere but in a body: were it not found, the test above would prove nothing.
        Assert.Contains(typeof(TempException), Dependencies.Of(typeof(Example)));
    }

    [Fact]
    public void The_contracts_depend_on_nothing_of_ours() =>
        Assert.DoesNotContain(
            typeof(ChatHubException).Assembly.GetReferencedAssemblies(),
            name => name.Name is "Server" || name.Name!.StartsWith("ChatHub", StringComparison.Ordinal));

    [Fact]
    public void The_sdk_depends_on_the_contracts_alone() =>
        Assert.DoesNotContain(typeof(ChatHub.Client.ChatHubClient).Assembly.GetReferencedAssemblies(), name => name.Name is "Server");

    private static int Rank(string room) => Array.IndexOf(Rooms, room);

    private static string? Room(Type type) =>
        type.Assembly == Server && type.Namespace?.StartsWith(Prefix, StringComparison.Ordinal) == true
            ? type.Namespace[Prefix.Length..].Split('.')[0]
            : null;

    private sealed class TempException : Exception;

    private static class Example
    {
        public static void Throw() => throw new TempException();
    }
}
