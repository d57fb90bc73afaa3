using System.Buffers;
using System.Net;
using AnimeSync.AniList;

namespace GraphQL.Client.Http;

/// <summary>
/// An answer as the server sent it, in borrowed memory: <see cref="Body"/> must not be touched after disposal.
/// Without a <see cref="Failure"/> it is a complete UTF-8 GraphQL answer free of errors.
/// </summary>
public sealed class GraphQLHttpAnswer : IDisposable
{
    private byte[]? _rented;

    internal GraphQLHttpAnswer(
        HttpStatusCode? statusCode,
        AniListFailure? failure,
        AniListRateLimit rateLimit = default,
        byte[]? rented = null,
        int length = 0
    )
    {
        StatusCode = statusCode;
        Failure = failure;
        RateLimit = rateLimit;
        _rented = rented;
        Body = rented.AsMemory(0, length);
    }

    /// <summary>Null when no answer began.</summary>
    public HttpStatusCode? StatusCode { get; }

    public AniListFailure? Failure { get; }

    public AniListRateLimit RateLimit { get; }

    /// <summary>Empty when there is no GraphQL answer to read.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, null) is { } buffer)
        {
            Body = default;
            // Cleared: the next borrower must not find a user's private list in it.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
