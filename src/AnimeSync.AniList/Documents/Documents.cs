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
}
