using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Deployment;

/// <summary>The alert rules by Prometheus' own evaluation.</summary>
public sealed class AlertTests
{
    [Fact]
    public async Task Each_alert_fires_when_its_condition_holds_and_not_before()
    {
        var (exitCode, output) = await Tool.RunAsync(
            Tool.Find("promtool"), Repository.Root, "test", "rules", Path.Combine("Tests", "Deployment", "alerts.promtool.yml"));
        Assert.True(exitCode == 0, output);
    }
}
