using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.AniList.Gateway;

public static class GatewayServices
{
    /// <summary>Registers the gateway over the one GraphQL client of this process.</summary>
    public static IServiceCollection AddAniListGateway(
        this IServiceCollection services,
        Func<IServiceProvider, GatewayOptions> options
    )
    {
        services.AddSingleton(options);
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<RedisQuestions>();
        services.AddSingleton<PublicAnswers>();
        services.AddSingleton<CallerAnswers>();
        services.AddSingleton<ReplicaTurns>();
        services.AddSingleton<AniListBreaker>();
        services.AddSingleton<RequestQueue>();
        services.AddSingleton<Upstream>();
        services.AddSingleton<Conclusion>();
        services.AddSingleton<Dispatcher>();
        services.AddSingleton(provider =>
        {
            var gateway = provider.GetRequiredService<GatewayOptions>();
            return new RequestBudget(
                new RequestBudgetOptions
                {
                    Name = gateway.Upstream,
                    Limit = gateway.RequestsPerMinute,
                    Burst = gateway.Burst,
                    Processes = gateway.Processes,
                    Redis = gateway.Redis,
                },
                provider.GetRequiredService<TimeProvider>()
            );
        });
        services.AddSingleton<AniListGateway>(provider =>
        {
            var dispatcher = provider.GetRequiredService<Dispatcher>();
            var metrics = provider.GetRequiredService<GatewayMetrics>();
            metrics.Observe(() => dispatcher.Observation);
            return new(
                provider.GetRequiredService<PublicAnswers>(),
                provider.GetRequiredService<CallerAnswers>(),
                provider.GetRequiredService<ReplicaTurns>(),
                dispatcher,
                metrics,
                provider.GetRequiredService<TimeProvider>()
            );
        });
        return services;
    }
}
