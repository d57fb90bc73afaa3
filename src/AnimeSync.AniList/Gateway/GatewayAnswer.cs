using System.Net;
using System.Runtime.InteropServices;
using GraphQL.Client.Http;

namespace AnimeSync.AniList.Gateway;

public enum AnswerSource
{
    /// <summary>AniList was asked for it just now.</summary>
    Live,

    /// <summary>Kept, and still within its lifetime.</summary>
    Cache,

    /// <summary>Kept beyond its lifetime: AniList is being asked, or could not be.</summary>
    Stale,
}

/// <summary>What the gateway answers, in bytes that must not be touched after disposal.</summary>
public sealed class GatewayAnswer : IDisposable
{
    private readonly GraphQLHttpAnswer? _borrowed;

    private GatewayAnswer(GraphQLHttpAnswer? borrowed) => _borrowed = borrowed;

    /// <summary>AniList's own. Null when there is no answer of AniList's, and <see cref="Body"/> is empty.</summary>
    public HttpStatusCode? StatusCode { get; private init; }

    /// <summary>
    /// Null for data. <see cref="AniListFailure.RateLimited"/> also means that the budget is used up and AniList was not
    /// asked at all.
    /// </summary>
    public AniListFailure? Failure { get; private init; }

    public ReadOnlyMemory<byte> Body { get; private init; }

    public AnswerSource Source { get; private init; }

    /// <summary>Since AniList gave it.</summary>
    public TimeSpan Age { get; private init; }

    /// <summary>Quoted, of the body's bytes (RFC 9110 §8.8.3); null when it was not worth computing.</summary>
    public string? ETag { get; private init; }

    /// <summary>When another try may go better.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>When AniList gave it, by AniList's clock; null when it did not say, or it is not live.</summary>
    public DateTimeOffset? Date { get; private init; }

    /// <summary>Something came that could not be read, though AniList meant it well: asking for less may help.</summary>
    public bool MayBeTooMuch { get; private init; }

    /// <summary>Nothing was sent, because there was nothing to send any more.</summary>
    internal bool IsWithdrawn { get; private init; }

    /// <summary>The ETag of any bytes, for answers that come without one.</summary>
    public static string ETagOf(ReadOnlySpan<byte> body) => CachedAnswer.ETagOf(body);

    public void Dispose() => _borrowed?.Dispose();

    internal static GatewayAnswer Live(GraphQLHttpAnswer answer) =>
        new(answer)
        {
            StatusCode = answer.Body.IsEmpty ? null : answer.StatusCode,
            Failure = answer.Failure,
            Body = answer.Body,
            RetryAfter = answer.RateLimit.RetryAfter,
            Date = answer.RateLimit.Date,
        };

    /// <summary>One part of a folded answer.</summary>
    internal static GatewayAnswer Live(byte[] body) => new(null) { StatusCode = HttpStatusCode.OK, Body = body };

    /// <summary>In AniList's words, but without the place in a document that it did not see.</summary>
    internal static GatewayAnswer Absent() =>
        new(null)
        {
            StatusCode = HttpStatusCode.NotFound,
            Failure = AniListFailure.NotFound,
            Body = """{"errors":[{"message":"Not Found.","status":404}],"data":{"Media":null}}"""u8.ToArray(),
        };

    internal static GatewayAnswer Failed(
        AniListFailure failure,
        TimeSpan? retryAfter = null,
        bool mayBeTooMuch = false
    ) =>
        new(null)
        {
            Failure = failure,
            RetryAfter = retryAfter,
            MayBeTooMuch = mayBeTooMuch,
        };

    internal static GatewayAnswer Withdrawn() => new(null) { IsWithdrawn = true };

    internal static GatewayAnswer Kept(CachedAnswer kept, AnswerSource source, DateTimeOffset now) =>
        new(null)
        {
            StatusCode = kept.Status,
            Failure = kept.Failure,
            Body = kept.Body,
            Source = source,
            Age = now > kept.StoredAt ? now - kept.StoredAt : TimeSpan.Zero,
            ETag = kept.ETag,
        };

    internal static GatewayAnswer KeptForCaller(byte[] body, TimeSpan age) =>
        new(null)
        {
            StatusCode = HttpStatusCode.OK,
            Body = body,
            Source = AnswerSource.Cache,
            Age = age,
        };

    /// <summary>The body in an array of its own, which may already be so.</summary>
    internal byte[] ToBytes() =>
        MemoryMarshal.TryGetArray(Body, out var segment) && segment.Array!.Length == Body.Length && _borrowed is null
            ? segment.Array
            : Body.ToArray();

    /// <summary>The same answer in memory of its own, for more than one holder.</summary>
    internal GatewayAnswer ToShared()
    {
        if (_borrowed is null)
        {
            return this;
        }

        using (_borrowed)
        {
            return new(null)
            {
                StatusCode = StatusCode,
                Failure = Failure,
                Body = Body.ToArray(),
                RetryAfter = RetryAfter,
                Date = Date,
            };
        }
    }
}
