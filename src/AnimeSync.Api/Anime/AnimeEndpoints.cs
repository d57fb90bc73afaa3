using System.ComponentModel;
using System.Globalization;
using AnimeSync.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AnimeSync.Api.Anime;

internal static class AnimeEndpoints
{
    // As many as AniList gives out in one request.
    private const int MostIds = 50;

    private const string Keeping =
        "Age and X-AnimeSync-Source (live, cache or stale) tell how fresh the answer is. It may be kept by the caller's "
        + "own browser and is asked for again with its ETag: 304 when it still holds.";

    private const string Acceptable =
        "One to fifty whole numbers from 1 to 2147483647, with commas and nothing else between them.";

    private static readonly int[] _refusals =
    [
        StatusCodes.Status401Unauthorized,
        StatusCodes.Status429TooManyRequests,
        StatusCodes.Status502BadGateway,
        StatusCodes.Status503ServiceUnavailable,
        StatusCodes.Status504GatewayTimeout,
    ];

    public static void MapAnime(this IEndpointRouteBuilder routes)
    {
        var anime = routes.MapGroup("/api/v1/anime").WithTags("Anime");
        anime
            .MapGet("/{id:int:min(1)}", ReadAsync)
            .WithName("GetAnime")
            .WithSummary("One anime by its AniList id.")
            .WithDescription(Keeping)
            .Produces<AnimeResponse>()
            .Refuses(StatusCodes.Status404NotFound);
        anime
            .MapGet("", ListAsync)
            .WithName("ListAnime")
            .WithSummary("Up to fifty anime by their AniList ids, in the order asked.")
            .WithDescription(
                $"An id that no anime has is left out; a list is never shorter for any other reason. {Keeping}"
            )
            .Produces<AnimeList>()
            .AddOpenApiOperationTransformer(DescribeIdsAsync)
            .Refuses(StatusCodes.Status400BadRequest);
    }

    private static Task<Results<RevalidatedJson, AniListRefusal>> ReadAsync(
        [Description("AniList's id of the anime.")] int id,
        CurrentUser user,
        AnimeService anime,
        CancellationToken cancellationToken
    ) => anime.FindAsync(user.Id, id, cancellationToken);

    private static async Task<Results<RevalidatedJson, AniListRefusal, ProblemHttpResult>> ListAsync(
        [Description("One to fifty AniList ids with commas between them; one that is there twice counts once.")]
            string? ids,
        CurrentUser user,
        AnimeService anime,
        CancellationToken cancellationToken
    )
    {
        if (!TryRead(ids, out var read))
        {
            return Refusals.ForField("ids", Acceptable);
        }

        var list = await anime.ListAsync(user.Id, read, cancellationToken);
        return list.Result is RevalidatedJson json ? json : (AniListRefusal)list.Result;
    }

    private static bool TryRead(string? text, out IReadOnlyList<int> ids)
    {
        var read = new OrderedDictionary<int, bool>();
        foreach (var part in text?.Split(',') ?? [])
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == 0)
            {
                read.Clear();
                break;
            }

            read.TryAdd(id, true);
        }

        ids = [.. read.Keys];
        return ids.Count is > 0 and <= MostIds;
    }

    /// <summary>To the handler it is a text that may be missing, so that one place says what is wrong with it.</summary>
    private static Task DescribeIdsAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var ids = (OpenApiParameter)operation.Parameters!.Single();
        ids.Required = true;
        ids.Style = ParameterStyle.Form;
        ids.Explode = false;
        ids.Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            MinItems = 1,
            MaxItems = MostIds,
            Items = new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = "int32",
                Minimum = "1",
            },
        };
        return Task.CompletedTask;
    }

    private static void Refuses(this RouteHandlerBuilder endpoint, int status)
    {
        endpoint.Produces(StatusCodes.Status304NotModified);
        foreach (var refusal in _refusals.Append(status))
        {
            endpoint.ProducesProblem(refusal);
        }
    }
}
