using AnimeSync.Api.Tests.Infrastructure;

namespace AnimeSync.Api.Tests.GraphQLProxy.Persisted;

/// <summary>A service with three documents on its list.</summary>
public sealed class PersistedApp : IAsyncLifetime
{
    private readonly OperationFolder _folder = new();

    public TestApp App { get; } = new();

    public string Search { get; private set; } = null!;

    public string Viewer { get; private set; } = null!;

    public string Save { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Search = _folder.Add("search.graphql", "query S($s:String,$n:Int){Page(perPage:$n){media(search:$s){id}}}\n");
        Viewer = _folder.Add("viewer.graphql", "{Viewer{name}}\n");
        Save = _folder.Add("save.graphql", "mutation{SaveMediaListEntry(mediaId:1,progress:2){id}}\n");
        await App.StartAsync(new Dictionary<string, string?> { ["GRAPHQL_PERSISTED_OPERATIONS"] = _folder.Path });
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        _folder.Dispose();
    }
}
