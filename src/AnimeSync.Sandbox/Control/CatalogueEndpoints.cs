using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Community;

namespace AnimeSync.Sandbox.Control;

/// <summary>What AniList's moderators do to titles, on demand.</summary>
internal static class CatalogueEndpoints
{
    public static void MapCatalogueChanges(this RouteGroupBuilder control)
    {
        control.MapPost("/media/{id:int}/merge-into/{other:int}", Merge);
        control.MapDelete("/media/{id:int}", Delete);
    }

    private static IResult Merge(int id, int other, CatalogueChanges changes, MediaCatalogue catalogue)
    {
        if (
            catalogue.Find(id) is { } media
            && catalogue.Find(other) is { } kept
            && !Equals(media.GetValueOrDefault("type"), kept.GetValueOrDefault("type"))
        )
        {
            return Results.BadRequest(new ControlError("An anime and a manga are never the same title."));
        }

        return changes.Merge(id, other)
            ? Results.NoContent()
            : Results.NotFound(new ControlError($"There are no two titles {id} and {other}."));
    }

    private static IResult Delete(int id, CatalogueChanges changes) =>
        changes.Delete(id) ? Results.NoContent() : Results.NotFound(new ControlError($"There is no title {id}."));
}
