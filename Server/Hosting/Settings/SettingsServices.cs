using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hosting.Settings;

/// <summary>Registers options by section.</summary>
public static class SettingsServices
{
    /// <summary>
    /// Binds a section, which is validated before the start and has no keys but its options' properties: see
    /// <see cref="UnknownSettings"/>.
    /// </summary>
    public static OptionsBuilder<T> AddSettings<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(
        this IServiceCollection services, string section)
        where T : class =>
        services.AddSingleton(new SettingsSection(section, typeof(T)))
            .AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
}
