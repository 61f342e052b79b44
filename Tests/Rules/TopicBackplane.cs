using System.Reflection;
using ChatHub.Server.Delivery;

namespace ChatHub.Tests.Rules;

/// <summary>A backplane that carries topics alone, to every subscriber at once.</summary>
public class TopicBackplane : DispatchProxy
{
    private readonly List<(string Topic, Action<IReadOnlyList<string>> Handler)> _subscriptions = [];

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod?.Name)
        {
            case nameof(IBackplane.Subscribe):
                _subscriptions.Add(((string)args![0]!, (Action<IReadOnlyList<string>>)args[1]!));
                break;
            case nameof(IBackplane.Publish):
                foreach (var (_, handler) in _subscriptions.Where(subscription => subscription.Topic == (string)args![0]!))
                    handler((IReadOnlyList<string>)args![1]!);
                break;
        }

        return null;
    }
}
