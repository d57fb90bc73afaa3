namespace AnimeSync.Api.Anime;

internal static class AnimeServices
{
    public static IServiceCollection AddAnime(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Add(AnimeJson.Default));
        services.AddSingleton<AnimeQuestions>();
        return services.AddSingleton<AnimeService>();
    }
}
