using AnimeSync.Sandbox.Accounts;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>What resolvers know of a request: who asks, and where this sandbox is for the caller.</summary>
internal sealed class Call(SandboxUser? viewer, string baseUrl) : Dictionary<string, object?>
{
    public SandboxUser? Viewer { get; } = viewer;

    public string BaseUrl { get; } = baseUrl;

    public static Call Of(IResolveFieldContext context) => (Call)context.UserContext;

    public static SandboxUser ViewerOf(IResolveFieldContext context) =>
        Of(context).Viewer ?? throw AniListError.Unauthorized();
}
