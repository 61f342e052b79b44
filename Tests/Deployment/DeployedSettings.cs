using ChatHub.Server;
using ChatHub.Server.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatHub.Tests.Deployment;

/// <summary>Settings of a deployment as the server reads them at its start, without starting it.</summary>
internal static class DeployedSettings
{
    // Read by the framework.
    private static readonly string[] Frameworks = ["Urls", "Logging"];

    /// <summary>Each key is one that the server reads, and each value one that it starts with.</summary>
    /// <param name="environment">Environment variables by name.</param>
    public static async Task TakenAsync(IReadOnlyDictionary<string, string> environment)
    {
        Assert.NotEmpty(environment);
        var settings = environment.ToDictionary(pair => pair.Key.Replace("__", ":", StringComparison.Ordinal), pair => (string?)pair.Value);
        await using var app = ChatHubApplication.Build([.. settings.Select(setting => $"--{setting.Key}={setting.Value}")]);
        var sections = app.Services.GetServices<SettingsSection>().ToList();

        Assert.Empty(UnknownSettings.Find(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), sections));
        Assert.All(settings.Keys, key => Assert.Contains(key.Split(':')[0], sections.Select(section => section.Name).Concat(Frameworks)));
        app.Services.GetRequiredService<IStartupValidator>().Validate();
    }
}
