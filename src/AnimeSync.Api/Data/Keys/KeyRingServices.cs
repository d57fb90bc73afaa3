using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace AnimeSync.Api.Data.Keys;

internal static class KeyRingServices
{
    public static IServiceCollection AddKeyRing(this IServiceCollection services, KeyRingOptions options)
    {
        services.AddDataProtection().PersistKeysToDbContext<AnimeSyncDbContext>();
        services
            .AddOptions<DataProtectionOptions>()
            .Configure<ApplicationName>((protection, name) => protection.ApplicationDiscriminator = name.Value);
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<RingEncryptor>((management, encryptor) => management.XmlEncryptor = encryptor);
        services.AddSingleton(options);
        services.AddSingleton<ApplicationName>();
        services.AddSingleton<RingEncryptor>();
        services.AddSingleton<XmlKeyManager>();
        services.AddSingleton<RingKeyManager>();
        services.AddSingleton<IKeyManager>(provider => provider.GetRequiredService<RingKeyManager>());
        services.AddSingleton<RingDecryptor>();
        services.AddSingleton<KeyRingCanaryCheck>();
        services.AddSingleton<KeyRingGuard>();
        services.AddSingleton<KeyRingState>();
        services.AddSingleton<DatabaseStart>();
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseStart>());
        services.AddSingleton<KeyRingWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyRingWatch>());
        services.AddSingleton<RowProtector>();
        services.AddSingleton<RowReencryption>();
        services.AddSingleton<KeyRotation>();
        services.AddScoped<AniListCredentialStore>().AddSingleton<OpenedCredentials>();
        return services;
    }
}
