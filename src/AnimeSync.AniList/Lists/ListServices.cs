using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.AniList.Lists;

public static class ListServices
{
    /// <summary>Registers what reads and writes lists over the gateway of this process.</summary>
    public static IServiceCollection AddAniListLists(this IServiceCollection services) =>
        services.AddSingleton<ListReads>().AddSingleton<ListWrites>();
}
