using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Community;
using AnimeSync.Sandbox.Lists;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Reading lists: single entries, pages of them, and what of an entry depends on its owner.</summary>
internal sealed class ListResolvers(MediaCatalogue catalogue, UserAccounts accounts, UserLists lists, Follows follows)
{
    private readonly ListSearch search = new(catalogue, accounts, lists, follows);

    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        resolvers["Query.MediaList"] = context =>
            search.Find(context).FirstOrDefault()?.ToFacts() ?? throw AniListError.NotFound();
        resolvers["Page.mediaList"] = context =>
            ((PageSlice)context.Source!).Take(search.Find(context)).Select(entry => entry.ToFacts()).ToList();
        resolvers["Query.MediaListCollection"] = new ListCollection(catalogue, search).Resolve;
        resolvers["MediaList.media"] = context => catalogue.Find(EntryOf(context).MediaId);
        resolvers["MediaList.user"] = context =>
            OwnerOf(context).ToFacts(OwnerOf(context).Id == Call.Of(context).Viewer?.Id);
        resolvers["MediaList.score"] = context =>
            Scores.Show(EntryOf(context).Score, context.Given<string>("format") ?? OwnerOf(context).ScoreFormat);
        resolvers["MediaList.customLists"] = CustomLists;
        resolvers["MediaList.advancedScores"] = AdvancedScores;
    }

    private static ListEntry EntryOf(IResolveFieldContext context) => (ListEntry)((Facts)context.Source!)["entry"]!;

    private SandboxUser OwnerOf(IResolveFieldContext context) => accounts.Find(EntryOf(context).UserId)!;

    private ListSettings SettingsOf(IResolveFieldContext context) =>
        OwnerOf(context).ListOf(catalogue.Find(EntryOf(context).MediaId)?["type"] as string);

    private object? CustomLists(IResolveFieldContext context)
    {
        var entry = EntryOf(context);
        var names = SettingsOf(context).CustomLists;
        if (names.Count == 0)
        {
            return null;
        }

        return context.Given<bool>("asArray")
            ? names
                .Select(name => new Facts { ["name"] = name, ["enabled"] = entry.CustomLists.Contains(name) })
                .ToList()
            : names.ToDictionary(name => name, name => (object?)entry.CustomLists.Contains(name));
    }

    private Facts AdvancedScores(IResolveFieldContext context)
    {
        var scores = EntryOf(context).AdvancedScores;
        return SettingsOf(context)
            .AdvancedScoring.Index()
            .ToDictionary(
                section => section.Item,
                section => (object?)(section.Index < scores.Count ? scores[section.Index] : 0)
            );
    }
}
