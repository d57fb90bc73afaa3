using System.ComponentModel;
using AnimeSync.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AnimeSync.Api.Library;

internal static class LibraryEndpoints
{
    public static void MapLibrary(this IEndpointRouteBuilder routes)
    {
        var list = routes.MapGroup("/api/v1/me/list").WithTags("Library");
        list.MapGet("", ListAsync)
            .WithName("ListEntries")
            .WithSummary("The caller's anime list, filtered, sorted and in pages.")
            .Produces<EntryPage>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        list.MapGet("/changes", ChangesAsync)
            .WithName("ListChanges")
            .WithSummary("What changed since a cursor, deletions included; without one everything.")
            .Produces<EntryChangesResponse>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        list.MapGet("/{mediaId:int:min(1)}", ReadAsync)
            .WithName("GetEntry")
            .WithSummary("One entry, by AniList's id of the title.")
            .Produces<EntryResponse>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        list.MapPut("/{mediaId:int:min(1)}", PutAsync)
            .WithName("PutEntry")
            .WithSummary("Puts a title on the list as given; what is left out is as in a new entry.")
            .Edits();
        list.MapPatch("/{mediaId:int:min(1)}", PatchAsync)
            .WithName("PatchEntry")
            .WithSummary("Changes what is given of an entry and leaves the rest.")
            .Edits();
        list.MapDelete("/{mediaId:int:min(1)}", DeleteAsync)
            .WithName("DeleteEntry")
            .WithSummary("Takes a title off the list.")
            .Edits();
        list.MapPost("/{mediaId:int:min(1)}/progress", WatchNextAsync)
            .WithName("WatchNextEpisode")
            .WithSummary("One more episode watched; the last one completes the entry.")
            .Edits();

        var me = routes.MapGroup("/api/v1/me").WithTags("Library");
        me.MapGet("/lists", CustomListsAsync)
            .WithName("ListCustomLists")
            .WithSummary("The names of the caller's custom lists; they are made and renamed on AniList.");
        me.MapGet("/history", HistoryAsync)
            .WithName("ListHistory")
            .WithSummary("Every change of the caller's entries, the newest first.")
            .Produces<HistoryPage>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        me.MapPost("/history/{id:long:min(1)}/undo", UndoAsync)
            .WithName("UndoChange")
            .WithSummary("Puts back what a change touched, unless that was changed again since.")
            .Edits();
    }

    private static async Task<Results<Ok<EntryPage>, ProblemHttpResult>> ListAsync(
        [AsParameters] EntryParameters parameters,
        CurrentUser user,
        LibraryReads reads,
        CancellationToken cancellationToken
    ) =>
        parameters.TryRead(out var faulty) is { } query
            ? TypedResults.Ok(await reads.ListAsync(user.Id, query, cancellationToken))
            : Refusals.ForFields(faulty);

    private static async Task<Results<Ok<EntryChangesResponse>, ProblemHttpResult>> ChangesAsync(
        [Description("The nextCursor of an earlier answer.")] string? cursor,
        [Description("1 to 500; 500 when nothing is said.")] string? limit,
        CurrentUser user,
        LibraryReads reads,
        CancellationToken cancellationToken
    ) =>
        LibraryPaging.TryRead(cursor, limit, out var after, out var most) is { } faulty
            ? Refusals.ForFields(faulty)
            : TypedResults.Ok(await reads.ChangesAsync(user.Id, after ?? 0, most, cancellationToken));

    private static async Task<Results<EntryAnswer, ProblemHttpResult>> ReadAsync(
        int mediaId,
        CurrentUser user,
        LibraryReads reads,
        CancellationToken cancellationToken
    ) =>
        await reads.FindAsync(user.Id, mediaId, cancellationToken) is { } found
            ? new EntryAnswer(found.Entry, found.Tag)
            : Problems.NotFound.ToResult();

    private static Task<Results<EntryAnswer, KeptAnswerResult, NoContent, ProblemHttpResult>> PutAsync(
        HttpRequest request,
        int mediaId,
        EntryEdit edit,
        CurrentUser user,
        EntryOrders orders,
        EntryRequests requests,
        CancellationToken cancellationToken
    ) => requests.AnswerAsync(request, user.Id, orders.Put(mediaId, edit), edit, cancellationToken);

    private static Task<Results<EntryAnswer, KeptAnswerResult, NoContent, ProblemHttpResult>> PatchAsync(
        HttpRequest request,
        int mediaId,
        EntryEdit edit,
        CurrentUser user,
        EntryOrders orders,
        EntryRequests requests,
        CancellationToken cancellationToken
    ) => requests.AnswerAsync(request, user.Id, orders.Patch(mediaId, edit), edit, cancellationToken);

    private static Task<Results<EntryAnswer, KeptAnswerResult, NoContent, ProblemHttpResult>> DeleteAsync(
        HttpRequest request,
        int mediaId,
        CurrentUser user,
        EntryRequests requests,
        CancellationToken cancellationToken
    ) => requests.AnswerAsync(request, user.Id, EntryOrders.Delete(mediaId), null, cancellationToken);

    private static Task<Results<EntryAnswer, KeptAnswerResult, NoContent, ProblemHttpResult>> WatchNextAsync(
        HttpRequest request,
        int mediaId,
        CurrentUser user,
        EntryOrders orders,
        EntryRequests requests,
        CancellationToken cancellationToken
    ) => requests.AnswerAsync(request, user.Id, orders.WatchNext(mediaId), null, cancellationToken);

    private static async Task<Ok<CustomListsResponse>> CustomListsAsync(
        CurrentUser user,
        LibraryReads reads,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(new CustomListsResponse(await reads.CustomListsAsync(user.Id, cancellationToken)));

    private static async Task<Results<Ok<HistoryPage>, ProblemHttpResult>> HistoryAsync(
        [Description("Only this title's.")] string? mediaId,
        [Description("The nextCursor of the page before.")] string? cursor,
        [Description("1 to 500; 500 when nothing is said.")] string? limit,
        CurrentUser user,
        LibraryReads reads,
        CancellationToken cancellationToken
    )
    {
        if (LibraryPaging.TryRead(cursor, limit, out var before, out var most) is { } faulty)
        {
            return Refusals.ForFields(faulty);
        }

        var id = LibraryNumbers.Read(mediaId);
        return mediaId is not null && id is null or > int.MaxValue
            ? Refusals.ForFields("mediaId")
            : TypedResults.Ok(
                await reads.HistoryAsync(user.Id, (int?)id, before ?? long.MaxValue, most, cancellationToken)
            );
    }

    private static async Task<Results<EntryAnswer, KeptAnswerResult, NoContent, ProblemHttpResult>> UndoAsync(
        HttpRequest request,
        long id,
        CurrentUser user,
        EntryOrders orders,
        EntryRequests requests,
        CancellationToken cancellationToken
    ) =>
        await requests.AnswerAsync(
            request,
            user.Id,
            await orders.UndoAsync(user.Id, id, cancellationToken),
            null,
            cancellationToken
        );

    private static void Edits(this RouteHandlerBuilder endpoint) =>
        endpoint
            .Produces<EntryResponse>()
            .Produces<EntryResponse>(StatusCodes.Status201Created)
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
}
