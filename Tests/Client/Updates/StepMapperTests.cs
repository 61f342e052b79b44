using ChatHub.Client;
using ChatHub.Client.Updates;
using ChatHub.Contracts;
using ChatHub.Tests.Protocol.Support;
using Xunit;

namespace ChatHub.Tests.Client.Updates;

public sealed class StepMapperTests
{
    // Of random objects some hold nothing (a list without an entry).
    private const int Objects = 20;

    public static TheoryData<string> StoredEvents =>
        [.. typeof(IVersioned).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IVersioned))).Select(type => type.Name).Order()];

    [Theory]
    [MemberData(nameof(StoredEvents))]
    public void Stored_event_of_the_contract_becomes_an_update_of_its_own(string name)
    {
        var type = typeof(IVersioned).Assembly.GetType($"{typeof(IVersioned).Namespace}.{name}", throwOnError: true)!;
        var values = new ContractValues(new Random(1));

        var updates = Enumerable.Range(0, Objects)
            .SelectMany(_ => StepMapper.Of((IVersioned)values.Create(type)!, new DeliveredMessages()))
            .OfType<Step.Publish>()
            .Select(step => step.Update);

        Assert.True(updates.Any(update => update is not BadgesUpdate), $"Client/Updates/StepMapper.cs maps {name} to nothing.");
    }
}
