using System.Text.Json;

namespace AnimeSync.AniList.Lists;

/// <summary>One page of the entries that changed last, the newest first.</summary>
/// <param name="HasNext">Whether AniList has more that it would show. Its counts are not to be trusted, so there are none.</param>
/// <param name="IsAtDepth">
/// Whether AniList shows no page after this one whatever there is, so that a walk which needs more must ask otherwise.
/// </param>
public sealed record ChangesPage(RemoteEntries Found, bool HasNext, bool IsAtDepth)
{
    /// <summary>The number of the last page that AniList gives out.</summary>
    public const int Deepest = ListDocuments.PageDepth / ListDocuments.PerPage;

    /// <summary>By AniList's clock; null of a page without entries.</summary>
    public DateTimeOffset? NewestUpdate => Found.Entries.Max(entry => entry.UpdatedAt);

    /// <inheritdoc cref="NewestUpdate"/>
    public DateTimeOffset? OldestUpdate => Found.Entries.Min(entry => entry.UpdatedAt);

    /// <summary>
    /// Every change after this moment is on this page or one before it; null when those hold all there are. By AniList's
    /// clock.
    /// </summary>
    public DateTimeOffset? ShownDownTo { get; private init; }

    /// <exception cref="FormatException">It is no page.</exception>
    internal static ChangesPage Read(JsonElement page, int number, bool asOwner)
    {
        var hasNext = page.Member("pageInfo")?.Flag("hasNextPage") ?? throw RemoteJson.Wrong("pageInfo");
        var items = page.Items("mediaList").ToList();
        // At the depth AniList may say that there is nothing more; only a page that is not full proves it.
        var isAtDepth = number >= Deepest && (hasNext || items.Count >= ListDocuments.PerPage);
        var read = new ChangesPage(RemoteEntryReader.Read(items, asOwner), hasNext && number < Deepest, isAtDepth);
        return read with { ShownDownTo = hasNext || isAtDepth ? read.OldestUpdate ?? DateTimeOffset.MaxValue : null };
    }

    /// <summary>The pages of one number of several lists.</summary>
    internal static ChangesPage Merge(IReadOnlyCollection<ChangesPage> pages) =>
        new(
            new(
                [.. pages.SelectMany(page => page.Found.Entries).OrderByDescending(entry => entry.UpdatedAt)],
                pages.Sum(page => page.Found.Skipped)
            ),
            pages.Any(page => page.HasNext),
            pages.Any(page => page.IsAtDepth)
        )
        {
            ShownDownTo = pages.Max(page => page.ShownDownTo),
        };
}
