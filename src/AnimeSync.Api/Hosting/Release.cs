using System.Reflection;

namespace AnimeSync.Api.Hosting;

/// <summary>Which release this is, as the changelog numbers them.</summary>
internal static class Release
{
    public static string Version { get; } =
        typeof(Release).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version;
}
