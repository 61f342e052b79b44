using System.Collections;
using System.Globalization;
using System.Reflection;

namespace ChatHub.Server.Hosting.Settings;

/// <summary>Keys that nothing reads: a misspelt one would silently leave its default in force.</summary>
public static class UnknownSettings
{
    /// <summary>A section may be bound to several options, each of which knows its own keys.</summary>
    public static IEnumerable<string> Find(IConfiguration settings, IEnumerable<SettingsSection> sections) =>
        from section in sections.GroupBy(section => section.Name, section => section.Options)
        let properties = section.SelectMany(options => options.GetProperties()).Where(property => IsList(property) || property.CanWrite).ToList()
        from key in settings.GetSection(section.Key).GetChildren()
        from unknown in FindIn(key, properties)
        select unknown;

    /// <summary>Sections that nothing is bound to, where all settings are ours.</summary>
    public static IEnumerable<string> FindSections(IConfiguration settings, IEnumerable<SettingsSection> sections) =>
        settings.GetChildren().Select(section => section.Key).Except(sections.Select(section => section.Name.Split(':')[0]), StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> FindIn(IConfigurationSection key, List<PropertyInfo> properties)
    {
        if (properties.Find(property => property.Name.Equals(key.Key, StringComparison.OrdinalIgnoreCase)) is not { } known)
            return [key.Path];
        var isList = IsList(known);
        return key.GetChildren()
            .Where(child => !isList || !int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(child => child.Path);
    }

    private static bool IsList(PropertyInfo property) =>
        property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable));
}
