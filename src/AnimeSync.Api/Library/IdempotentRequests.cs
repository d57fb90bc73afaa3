using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnimeSync.Api.Data;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AnimeSync.Api.Library;

/// <summary>
/// Gives a request that is sent again its first answer again, for 24 hours (the Idempotency-Key header,
/// draft-ietf-httpapi-idempotency-key-header). The answer is stored with what the request changed; a refusal changed
/// nothing and is decided anew.
/// </summary>
internal sealed class IdempotentRequests(AnimeSyncDbContext db, IOptions<JsonOptions> json, TimeProvider clock)
{
    public const string Header = "Idempotency-Key";

    private static readonly TimeSpan _life = TimeSpan.FromHours(24);

    /// <returns>Null for a request without a key; <paramref name="isValid"/> is false for a key that cannot be one.</returns>
    public static string? KeyOf(HttpRequest request, out bool isValid)
    {
        var values = request.Headers[Header];
        var key = values.Count == 1 ? values[0] : null;
        isValid = values.Count == 0 || (key is { Length: > 0 and <= KeptAnswer.LongestKey } && key.All(char.IsAscii));
        return key;
    }

    /// <returns>What was answered to a request with that key; null when there was none of late.</returns>
    public async Task<KeptAnswer?> FindAsync(
        Guid userId,
        IdempotentRequest request,
        CancellationToken cancellationToken
    )
    {
        var mine = db.KeptAnswers.Where(row => row.UserId == userId && row.Key == request.Key);
        if (await mine.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } kept)
        {
            return null;
        }

        if (kept.At > clock.GetUtcNow() - _life)
        {
            return kept;
        }

        await mine.ExecuteDeleteAsync(cancellationToken);
        return null;
    }

    /// <summary>Adds the answer to what is going to be saved.</summary>
    /// <param name="answer">Null when nothing is left to be shown.</param>
    public void Keep(Guid userId, IdempotentRequest request, EntryAnswer? answer) =>
        db.KeptAnswers.Add(
            new()
            {
                UserId = userId,
                Key = request.Key,
                At = clock.GetUtcNow(),
                Request = request.Hash,
                Status = answer?.Status ?? StatusCodes.Status204NoContent,
                ETag = answer?.Tag,
                Body = answer is null
                    ? []
                    : JsonSerializer.SerializeToUtf8Bytes(answer.Entry, json.Value.SerializerOptions),
            }
        );

    /// <summary>What makes two requests the same: the method, the path, and what the body wants.</summary>
    public byte[] HashOf(HttpRequest request, EntryEdit? edit)
    {
        var body = edit is null ? string.Empty : JsonSerializer.Serialize(edit, json.Value.SerializerOptions);
        return SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path} {edit?.Fields} {body}"));
    }
}

/// <param name="Hash">SHA-256 of what was asked.</param>
internal sealed record IdempotentRequest(string Key, byte[] Hash);

/// <summary>The very bytes that were answered before.</summary>
internal sealed class KeptAnswerResult(KeptAnswer kept) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = kept.Status;
        if (kept.ETag is { } tag)
        {
            response.Headers.ETag = tag;
        }

        if (kept.Body.Length == 0)
        {
            return Task.CompletedTask;
        }

        response.ContentType = "application/json; charset=utf-8";
        return response.Body.WriteAsync(kept.Body, httpContext.RequestAborted).AsTask();
    }
}
