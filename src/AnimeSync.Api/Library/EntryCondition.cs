using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace AnimeSync.Api.Library;

/// <summary>What a client says about the entry it has seen (RFC 9110 §13.1.1 and §13.1.2); nothing holds always.</summary>
internal sealed class EntryCondition
{
    private const int TagBytes = 16;

    private readonly IList<EntityTagHeaderValue>? _match;
    private readonly IList<EntityTagHeaderValue>? _noneMatch;

    private EntryCondition(IList<EntityTagHeaderValue>? match, IList<EntityTagHeaderValue>? noneMatch) =>
        (_match, _noneMatch) = (match, noneMatch);

    /// <summary>Of what the person set, whoever has it by now: sending it to AniList changes no tag.</summary>
    public static string TagOf(EntryFields fields) =>
        $"\"{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(fields.ToJson())).AsSpan(0, TagBytes))}\"";

    /// <returns>False when a field is there and cannot be read.</returns>
    public static bool TryRead(HttpRequest request, out EntryCondition condition)
    {
        var isRead = TryRead(request.Headers.IfMatch, out var match);
        isRead &= TryRead(request.Headers.IfNoneMatch, out var noneMatch);
        condition = new(match, noneMatch);
        return isRead;
    }

    /// <param name="fields">Null when there is no entry.</param>
    public bool Holds(EntryFields? fields) =>
        (_match is null || Includes(_match, fields)) && (_noneMatch is null || !Includes(_noneMatch, fields));

    private static bool TryRead(StringValues values, out IList<EntityTagHeaderValue>? tags)
    {
        tags = null;
        return values.Count == 0 || EntityTagHeaderValue.TryParseStrictList(values.ToArray()!, out tags);
    }

    // Strong comparison: nothing here has weak tags.
    private static bool Includes(IList<EntityTagHeaderValue> tags, EntryFields? fields) =>
        fields is not null
        && TagOf(fields) is var own
        && tags.Any(tag => tag.Tag == "*" || (!tag.IsWeak && tag.Tag == own));
}
