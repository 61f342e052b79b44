using System.Collections;
using System.Globalization;

namespace ChatHub.Server.Hosting.Settings;

/// <summary>Keys that nothing reads: a misspelt one would silently leave its default in force.</summary>
public static class UnknownSettings
{
    public static IEnumerable<string> Find(IConfiguration settings, IEnumerable<SettingsSection> sections) =>
        sections.SelectMany(section => settings.GetSection(section.Name).GetChildren().SelectMany(key => FindIn(key, section.Options)));

    private static IEnumerable<string> FindIn(IConfigurationSection key, Type options)
    {
        var property = Array.Find(options.GetProperties(), known => known.Name.Equals(key.Key, StringComparison.OrdinalIgnoreCase));
        var isList = property is not null && property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable));
        if (property is null || !(isList || property.CanWrite))
            return [key.Path];
        return key.GetChildren()
            .Where(child => !isList || !int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(child => child.Path);
    }
}
