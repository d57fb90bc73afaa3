using StackExchange.Redis;

namespace AnimeSync.Api.Limits;

internal static class LimitServices
{
    public static IServiceCollection AddLimits(this IServiceCollection services, LimitOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<RedisConnection>();
        services.AddSingleton<RedisHealth>();
        services.AddHostedService(provider => provider.GetRequiredService<RedisHealth>());
        services.AddSingleton<RefusalLog>();
        services.AddSingleton<RequestLimits>();
        services.AddSingleton<UserCounters>();
        if (options.Redis is not null)
        {
            // Blocks for at most the connect timeout, and only whoever asks before the start has connected.
            services.AddSingleton<IConnectionMultiplexer>(provider =>
                provider.GetRequiredService<RedisConnection>().ConnectAsync().GetAwaiter().GetResult()
            );
            services.AddHealthChecks().AddCheck<RedisHealth>("redis");
        }

        return services;
    }

    /// <summary>Before authentication: an address is limited whoever it claims to be.</summary>
    public static void UseAddressLimits(this WebApplication app) => app.UseMiddleware<AddressLimits>();

    /// <summary>After authentication: a user is limited wherever they are.</summary>
    public static void UseUserLimits(this WebApplication app) => app.UseMiddleware<UserLimits>();
}
