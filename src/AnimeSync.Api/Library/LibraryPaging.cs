namespace AnimeSync.Api.Library;

/// <summary>The parameters of reads that go by the numbers of changes.</summary>
internal static class LibraryPaging
{
    /// <returns>The names of what cannot be read; null when all can.</returns>
    public static string[]? TryRead(string? cursor, string? limit, out long? at, out int most)
    {
        at = LibraryNumbers.Read(cursor);
        var wanted = LibraryNumbers.Read(limit);
        most = (int)(wanted is >= 1 and <= EntryQuery.LargestPage ? wanted : EntryQuery.LargestPage);
        string[] faulty =
        [
            .. cursor is not null && at is null ? ["cursor"] : Array.Empty<string>(),
            .. limit is not null && wanted is not (>= 1 and <= EntryQuery.LargestPage)
                ? ["limit"]
                : Array.Empty<string>(),
        ];
        return faulty.Length > 0 ? faulty : null;
    }
}

/// <param name="Items">Null before AniList was asked.</param>
public sealed record CustomListsResponse(IReadOnlyList<string>? Items);
