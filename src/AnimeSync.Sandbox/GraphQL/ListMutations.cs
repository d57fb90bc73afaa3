using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Lists;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Writing lists: only what a call names is changed.</summary>
internal sealed class ListMutations(
    MediaCatalogue catalogue,
    UserAccounts accounts,
    UserLists lists,
    TimeProvider clock
)
{
    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        resolvers["Mutation.SaveMediaListEntry"] = Save;
        resolvers["Mutation.UpdateMediaListEntries"] = UpdateMany;
        resolvers["Mutation.DeleteMediaListEntry"] = Delete;
    }

    private Facts Save(IResolveFieldContext context)
    {
        var owner = Owner(context);
        var change = Change(context);
        var mediaId = context.GivenInt("id") is { } id
            ? OwnEntry(owner, id, "id").MediaId
            : context.GivenInt("mediaId");
        if (mediaId is not { } known || catalogue.Find(known) is null)
        {
            throw AniListError.Invalid(
                "mediaId",
                mediaId is null ? "The media id field is required." : "The selected media id is invalid."
            );
        }

        return Save(owner, known, change);
    }

    private List<Facts> UpdateMany(IResolveFieldContext context)
    {
        var owner = Owner(context);
        var change = Change(context);
        // All are looked up before any is changed, so that one wrong id changes nothing.
        var owned = (context.Given<IEnumerable<object?>>("ids") ?? [])
            .OfType<int>()
            .Select(id => OwnEntry(owner, id, "ids"))
            .ToList();
        return [.. owned.Select(entry => Save(owner, entry.MediaId, change))];
    }

    private Facts Delete(IResolveFieldContext context)
    {
        var owner = Owner(context);
        var entry = OwnEntry(owner, context.GivenInt("id") ?? 0, "id");
        return new() { ["deleted"] = lists.Delete(owner.Id, entry.Id) };
    }

    private Facts Save(SandboxUser owner, int mediaId, EntryChange change)
    {
        var type = catalogue.Find(mediaId)?["type"] as string;
        var now = clock.GetUtcNow();
        return lists.Save(owner, mediaId, (entry, isNew) => change.Apply(entry, owner, type, now, isNew)).ToFacts();
    }

    // The token names the user; the account is read anew, since it may have changed during this request.
    private SandboxUser Owner(IResolveFieldContext context) => accounts.Find(Call.ViewerOf(context).Id)!;

    private ListEntry OwnEntry(SandboxUser owner, int id, string argument) =>
        lists.Find(id) is { } entry && entry.UserId == owner.Id
            ? entry
            : throw AniListError.Invalid(argument, $"The selected {argument} is invalid.");

    private static EntryChange Change(IResolveFieldContext context)
    {
        var change = new EntryChange(context.Passed());
        return change.Problems() is { Count: > 0 } problems ? throw AniListError.Invalid(problems) : change;
    }
}
