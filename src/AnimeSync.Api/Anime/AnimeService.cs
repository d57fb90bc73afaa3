using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AnimeSync.AniList;
using AnimeSync.AniList.Gateway;
using AnimeSync.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AnimeSync.Api.Anime;

/// <summary>Answers with anime as AniList knows them, from the gateway's cache where it may.</summary>
internal sealed partial class AnimeService(
    AniListGateway gateway,
    AnimeQuestions questions,
    ILogger<AnimeService> logger
)
{
    // By the body, which the gateway's cache holds as one array: translated once, and gone when that is gone.
    private readonly ConditionalWeakTable<byte[], AnimeAnswer> _translated = [];

    public async Task<Results<RevalidatedJson, AniListRefusal>> FindAsync(
        Guid userId,
        int id,
        CancellationToken cancellationToken
    )
    {
        var found = await AskAsync(userId, id, cancellationToken);
        return found.Refusal is { } refusal ? refusal : new RevalidatedJson(found.Json, found.ETag, found.Age);
    }

    /// <summary>In the order asked, without what is not an anime; or not at all, when AniList did not say of each.</summary>
    public async Task<Results<RevalidatedJson, AniListRefusal>> ListAsync(
        Guid userId,
        IReadOnlyList<int> ids,
        CancellationToken cancellationToken
    )
    {
        // All at once, so that those which must be asked for go in one request.
        var all = await Task.WhenAll(ids.Select(id => AskAsync(userId, id, cancellationToken)));
        var failed = all.Where(one => one.Refusal is { } refusal && refusal.Problem != Problems.NotFound).ToList();
        if (failed.Count > 0)
        {
            return failed[0].Refusal! with { RetryAfter = failed.Max(one => one.Refusal!.RetryAfter) };
        }

        var body = Join([.. all.Where(one => one.Refusal is null).Select(one => one.Json)]);
        var age = all.Select(one => one.Age).Aggregate((one, other) => one.And(other));
        return new RevalidatedJson(body, GatewayAnswer.ETagOf(body), age);
    }

    private async Task<Found> AskAsync(Guid userId, int id, CancellationToken cancellationToken)
    {
        using var answer = await gateway.AskAsync(questions.For(id, userId), cancellationToken);
        var age = new AnswerAge(answer.Source, answer.Age);
        if (answer.Failure is { } failure)
        {
            return new(age, Refuse(failure, answer.RetryAfter));
        }

        var anime = Translate(answer.Body);
        return anime switch
        {
            { Json: { } json } when anime.Id == id => new(age, null, json, anime.ETag),
            { Json: null } when anime.Id == id => new(age, new(Problems.NotFound)),
            _ => new(age, Refuse(AniListFailure.Broken, null)),
        };
    }

    private AnimeAnswer Translate(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var segment) && segment.Count == segment.Array!.Length
            ? _translated.GetValue(segment.Array, static array => AnimeAnswer.Read(array))
            : AnimeAnswer.Read(body);

    private AniListRefusal Refuse(AniListFailure failure, TimeSpan? retryAfter)
    {
        // Nobody's token was sent, so no link can be to blame.
        var problem = AniListProblems.Of(failure == AniListFailure.InvalidToken ? AniListFailure.Broken : failure);
        if (problem != Problems.NotFound)
        {
            Log.Failed(logger, failure);
        }

        return new(problem, retryAfter);
    }

    private static byte[] Join(IReadOnlyList<byte[]> items)
    {
        using var body = new MemoryStream(items.Sum(item => item.Length + 1) + 64);
        body.Write("{\"items\":["u8);
        for (var i = 0; i < items.Count; i++)
        {
            body.Write(i == 0 ? ""u8 : ","u8);
            body.Write(items[i]);
        }

        body.Write("],\"nextCursor\":null}"u8);
        return body.ToArray();
    }

    /// <param name="Json">Empty where it is refused.</param>
    private readonly record struct Found(AnswerAge Age, AniListRefusal? Refusal, byte[] Json, string ETag)
    {
        public Found(AnswerAge age, AniListRefusal refusal)
            : this(age, refusal, [], string.Empty) { }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "AniList did not tell of an anime: {Failure}.")]
        public static partial void Failed(ILogger logger, AniListFailure failure);
    }
}
