using AnimeSync.Api.GraphQLProxy.Persisted;

namespace AnimeSync.Api.GraphQLProxy;

internal static class GraphQLProxyServices
{
    public static void AddGraphQLProxy(this IServiceCollection services, PersistedOptions persisted)
    {
        services.AddSingleton<CheckedOperations>();
        services.AddSingleton(persisted).AddSingleton<PersistedOperations>();
        services.AddSingleton<OperationGate>();
        services.AddSingleton<GraphQLProxyService>();
    }
}
