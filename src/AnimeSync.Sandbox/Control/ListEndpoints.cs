using System.Text.Json;
using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Lists;

namespace AnimeSync.Sandbox.Control;

/// <summary>A user's entries, seen and edited as if by that user on anilist.co.</summary>
internal static class ListEndpoints
{
    private const string Route = "/users/{name}/list/{mediaId:int}";

    public static void MapUserLists(this IEndpointRouteBuilder control)
    {
        control.MapGet(Route, Read);
        control.MapPut(Route, Save);
        control.MapDelete(Route, Delete);
    }

    private static IResult Read(string name, int mediaId, UserAccounts accounts, UserLists lists) =>
        Find(name, mediaId, accounts, lists) is { } entry
            ? Results.Ok(ListEntryResponse.Of(entry))
            : Missing(name, mediaId);

    private static IResult Save(
        string name,
        int mediaId,
        JsonElement body,
        UserAccounts accounts,
        UserLists lists,
        MediaCatalogue catalogue,
        TimeProvider clock
    )
    {
        if (accounts.Find(name) is not { } user)
        {
            return Results.NotFound(new ControlError($"There is no user {name}."));
        }

        if (catalogue.Find(mediaId) is not { } media)
        {
            return Results.NotFound(new ControlError($"There is no title {mediaId}."));
        }

        if (ListEntryBody.ProblemOf(body, mediaId, lists.Find(user.Id, mediaId)?.Id) is { } problem)
        {
            return Results.BadRequest(new ControlError(problem));
        }

        var change = new EntryChange((Facts)RecordedAnswers.Value(body)!);
        if (change.Problems() is { Count: > 0 } problems)
        {
            return Results.BadRequest(new ControlError(problems.First().Value[0]));
        }

        var saved = lists.Save(
            user,
            mediaId,
            (entry, isNew) => change.Apply(entry, user, media["type"] as string, clock.GetUtcNow(), isNew)
        );
        return Results.Ok(ListEntryResponse.Of(saved));
    }

    private static IResult Delete(string name, int mediaId, UserAccounts accounts, UserLists lists) =>
        Find(name, mediaId, accounts, lists) is { } entry && lists.Delete(entry.UserId, entry.Id)
            ? Results.NoContent()
            : Missing(name, mediaId);

    private static ListEntry? Find(string name, int mediaId, UserAccounts accounts, UserLists lists) =>
        accounts.Find(name) is { } user ? lists.Find(user.Id, mediaId) : null;

    private static IResult Missing(string name, int mediaId) =>
        Results.NotFound(new ControlError($"There is no entry of {name} for {mediaId}."));
}

public sealed record FuzzyDateResponse(int? Year, int? Month, int? Day);

/// <summary>An entry in AniList's words, flat; scores are raw.</summary>
public sealed record ListEntryResponse(
    int Id,
    int MediaId,
    string Status,
    int ScoreRaw,
    int Progress,
    int? ProgressVolumes,
    int Repeat,
    int Priority,
    bool Private,
    string? Notes,
    bool HiddenFromStatusLists,
    IReadOnlyList<string> CustomLists,
    IReadOnlyList<double> AdvancedScores,
    FuzzyDateResponse StartedAt,
    FuzzyDateResponse CompletedAt,
    int CreatedAt,
    int UpdatedAt
)
{
    internal static ListEntryResponse Of(ListEntry entry) =>
        new(
            entry.Id,
            entry.MediaId,
            entry.Status,
            (int)entry.Score,
            entry.Progress,
            entry.ProgressVolumes,
            entry.Repeat,
            entry.Priority,
            entry.Private,
            entry.Notes,
            entry.HiddenFromStatusLists,
            entry.CustomLists,
            entry.AdvancedScores,
            Date(entry.StartedAt),
            Date(entry.CompletedAt),
            entry.CreatedAt,
            entry.UpdatedAt
        );

    private static FuzzyDateResponse Date(Facts date) =>
        new(date["year"] as int?, date["month"] as int?, date["day"] as int?);
}
