using System.Globalization;
using ChatHub.Server.Outbox.Webhooks;

namespace ChatHub.Server.Hosting.Settings;

/// <summary>Webhooks are a list of sections, each of which has options of its own.</summary>
public static class WebhookSettings
{
    private const string Section = "Webhooks";

    public static void AddWebhookSettings(this IServiceCollection services, IConfiguration settings)
    {
        var sections = settings.GetSection(Section).GetChildren().ToList();
        services.AddSingleton(new WebhookIndexes([.. sections.Select(IndexOf)]));
        foreach (var section in sections)
        {
            var index = IndexOf(section);
            services.AddSingleton(new SettingsSection(section.Path, typeof(WebhookOptions)));
            services.AddOptions<WebhookOptions>(WebhookIndexes.NameOf(index)).Bind(section).Configure(webhook => webhook.Index = index)
                .ValidateDataAnnotations().ValidateOnStart();
        }
    }

    private static int IndexOf(IConfigurationSection section) =>
        int.TryParse(section.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : throw new InvalidOperationException($"{section.Path} does nothing: webhooks are numbered, as in {Section}:0:Url.");
}
