using AnimeSync.AniList;

namespace AnimeSync.Api.Http;

/// <summary>What a failure of AniList's is called towards our clients.</summary>
internal static class AniListProblems
{
    public static Problem Of(AniListFailure failure) =>
        failure switch
        {
            AniListFailure.InvalidToken => Problems.AniListRelinkRequired,
            AniListFailure.RateLimited => Problems.AniListRateLimited,
            AniListFailure.Disabled or AniListFailure.Unreachable => Problems.AniListUnavailable,
            AniListFailure.Timeout => Problems.AniListTimeout,
            AniListFailure.NotFound or AniListFailure.Private => Problems.NotFound,
            _ => Problems.AniListBadResponse,
        };
}
