namespace AnimeSync.Api.GraphQLProxy;

internal static class GraphQLProxyServices
{
    public static void AddGraphQLProxy(this IServiceCollection services)
    {
        services.AddSingleton<CheckedOperations>();
        services.AddSingleton<OperationGate>();
        services.AddSingleton<GraphQLProxyService>();
    }
}
