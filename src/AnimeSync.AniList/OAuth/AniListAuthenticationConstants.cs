namespace AspNet.Security.OAuth.AniList;

public static class AniListAuthenticationConstants
{
    public static class Claims
    {
        public const string AvatarUrl = "urn:anilist:avatar";
    }
}
