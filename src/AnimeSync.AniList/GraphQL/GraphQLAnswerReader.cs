using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using AnimeSync.AniList;

namespace GraphQL.Client.Http;

/// <summary>Turns an HTTP response into an answer, treating the server as a stranger.</summary>
internal static class GraphQLAnswerReader
{
    private const int FirstBufferBytes = 32 * 1024;

    public static async Task<GraphQLHttpAnswer> ReadAsync(
        HttpResponseMessage response,
        int maxBytes,
        CancellationToken cancellationToken
    )
    {
        var rateLimit = AniListRateLimit.Read(response.Headers);
        // A redirect is no answer, whatever its body says: its status means nothing without the place it points to.
        if (
            (int)response.StatusCode is >= 300 and < 400
            || !IsJson(response.Content.Headers.ContentType)
            || response.Content.Headers.ContentLength > maxBytes
        )
        {
            return new(response.StatusCode, WithoutAnswer(response.StatusCode), rateLimit);
        }

        var expected = (int)(response.Content.Headers.ContentLength ?? FirstBufferBytes - 1);
        // One byte more than expected, so that the read that finds the end needs no larger buffer.
        var buffer = ArrayPool<byte>.Shared.Rent(expected + 1);
        var length = 0;
        try
        {
            using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            while (await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
            {
                length += read;
                if (length > maxBytes)
                {
                    return new(response.StatusCode, WithoutAnswer(response.StatusCode), rateLimit);
                }

                if (length == buffer.Length)
                {
                    buffer = Enlarge(buffer);
                }
            }

            var failure = AniListErrors.Classify(buffer.AsSpan(0, length), response.IsSuccessStatusCode);
            if (failure == AniListFailure.Broken)
            {
                return new(response.StatusCode, WithoutAnswer(response.StatusCode), rateLimit);
            }

            var answer = new GraphQLHttpAnswer(response.StatusCode, failure, rateLimit, buffer, length);
            buffer = null;
            return answer;
        }
        finally
        {
            if (buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            }
        }
    }

    /// <summary>A 429 without a readable body comes from AniList's edge and means what it says.</summary>
    private static AniListFailure WithoutAnswer(HttpStatusCode status) =>
        status == HttpStatusCode.TooManyRequests ? AniListFailure.RateLimited : AniListFailure.Broken;

    private static bool IsJson(MediaTypeHeaderValue? type) =>
        type?.MediaType is "application/json" or "application/graphql-response+json"
        && (type.CharSet is null || type.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static byte[] Enlarge(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return larger;
    }
}
