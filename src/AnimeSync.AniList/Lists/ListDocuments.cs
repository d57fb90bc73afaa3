namespace AnimeSync.AniList.Lists;

/// <summary>
/// What is asked about lists, within AniList's 500 selected fields a document. Anime only. Everything by variables; only
/// aliases are written into a text.
/// </summary>
internal static class ListDocuments
{
    /// <summary>The largest page, and so the most titles that can be asked for by id in one.</summary>
    public const int PerPage = 50;

    /// <summary>The largest chunk of a collection.</summary>
    public const int PerChunk = 500;

    /// <summary>AniList refuses a page that reaches beyond this many entries.</summary>
    public const int PageDepth = 5_000;

    /// <summary>A collection shows no more, the most recently updated.</summary>
    public const int Cap = 11_000;

    /// <summary>Fields that <see cref="Entry"/> selects.</summary>
    public const int EntryComplexity = 22;

    /// <summary>Fields that <see cref="Media"/> selects.</summary>
    public const int MediaComplexity = 18;

    public const string Entry = """
        fragment Entry on MediaList {
          id
          userId
          mediaId
          status
          score(format: POINT_100)
          progress
          repeat
          priority
          private
          notes
          hiddenFromStatusLists
          customLists
          startedAt {
            year
            month
            day
          }
          completedAt {
            year
            month
            day
          }
          createdAt
          updatedAt
        }
        """;

    public const string Media = """
        fragment Title on MediaList {
          media {
            id
            idMal
            title {
              romaji
              english
              native
            }
            format
            status(version: 2)
            season
            seasonYear
            episodes
            nextAiringEpisode {
              episode
              airingAt
            }
            coverImage {
              large
            }
            isAdult
          }
        }
        """;

    /// <summary>In an order that an edit meanwhile does not change, so that none slips from one chunk into another.</summary>
    public const string Chunk = $$"""
        query ListChunk($userId: Int, $chunk: Int, $perChunk: Int) {
          MediaListCollection(userId: $userId, type: ANIME, chunk: $chunk, perChunk: $perChunk, sort: [MEDIA_ID]) {
            hasNextChunk
            lists {
              entries {
                ...Entry
                ...Title
              }
            }
          }
        }
        {{Entry}}
        {{Media}}
        """;

    public const string ChangesOfMany = $$"""
        query ListChangesOfMany($userIds: [Int], $page: Int) {
          Page(page: $page, perPage: 50) {
            pageInfo {
              hasNextPage
            }
            mediaList(userId_in: $userIds, type: ANIME, sort: [UPDATED_TIME_DESC]) {
              ...Entry
              ...Title
            }
          }
        }
        {{Entry}}
        {{Media}}
        """;

    public const string ChangesOfOne = $$"""
        query ListChanges($userId: Int, $page: Int) {
          Page(page: $page, perPage: 50) {
            pageInfo {
              hasNextPage
            }
            mediaList(userId: $userId, type: ANIME, sort: [UPDATED_TIME_DESC]) {
              ...Entry
              ...Title
            }
          }
        }
        {{Entry}}
        {{Media}}
        """;

    public const string Options = """
        query ListOptions {
          Viewer {
            id
            name
            mediaListOptions {
              scoreFormat
              animeList {
                customLists
              }
            }
          }
        }
        """;

    public const string Favourites = """
        query Favourites($ids: [Int]) {
          Page(perPage: 50) {
            media(id_in: $ids, type: ANIME) {
              id
              isFavourite
            }
          }
        }
        """;

    public const string Delete = """
        mutation DeleteEntry($id: Int) {
          DeleteMediaListEntry(id: $id) {
            deleted
          }
        }
        """;

    /// <summary>Its answer holds one page of favourites, which says nothing of this one.</summary>
    public const string ToggleFavourite = """
        mutation ToggleFavourite($animeId: Int) {
          ToggleFavourite(animeId: $animeId) {
            anime(perPage: 1) {
              nodes {
                id
              }
            }
          }
        }
        """;
}
