namespace AnimeSync.AniList;

/// <summary>Every GraphQL document this service writes itself; a test validates each against AniList's schema.</summary>
public static class Documents
{
    /// <summary>Who a token belongs to. The only query whose user AniList infers from the token.</summary>
    public const string Viewer = """
        query Viewer {
          Viewer {
            id
            name
            avatar {
              large
            }
          }
        }
        """;

    /// <summary>
    /// One title by its id. Nothing but the id is an argument, so that many can be asked as one list; whether it is an
    /// anime, the answer says.
    /// </summary>
    public const string Anime = """
        query Anime($id: Int) {
          Media(id: $id) {
            id
            idMal
            type
            title {
              romaji
              english
              native
            }
            format
            status(version: 2)
            description(asHtml: true)
            season
            seasonYear
            startDate {
              year
              month
              day
            }
            endDate {
              year
              month
              day
            }
            episodes
            duration
            genres
            averageScore
            popularity
            coverImage {
              extraLarge
            }
            bannerImage
            siteUrl
            isAdult
            nextAiringEpisode {
              episode
              airingAt
            }
            studios(isMain: true) {
              nodes {
                name
              }
            }
            updatedAt
          }
        }
        """;
}
