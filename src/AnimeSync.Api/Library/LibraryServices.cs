namespace AnimeSync.Api.Library;

internal static class LibraryServices
{
    public static IServiceCollection AddLibrary(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.TypeInfoResolverChain.Add(LibraryJson.Default)
        );
        services.AddScoped<LibraryReads>().AddScoped<LibraryWriter>();
        return services.AddScoped<EntryOrders>().AddScoped<IdempotentRequests>().AddScoped<EntryRequests>();
    }
}
