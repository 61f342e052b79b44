namespace ChatHub.Server.Hosting.Settings;

/// <summary>A section of the settings and the options that it is bound to.</summary>
public sealed record SettingsSection(string Name, Type Options);
