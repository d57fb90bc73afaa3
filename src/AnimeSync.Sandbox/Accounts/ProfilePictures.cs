using System.Net;

namespace AnimeSync.Sandbox.Accounts;

/// <summary>Pictures for accounts, drawn here, so that pages look alive without the internet.</summary>
internal static class ProfilePictures
{
    public static string AvatarOf(int userId) => $"/avatars/{userId}.svg";

    public static string BannerOf(int userId) => $"/avatars/{userId}-banner.svg";

    public static void MapProfilePictures(this WebApplication app)
    {
        app.MapGet("/avatars/{id:int}.svg", (int id, UserAccounts accounts) => Draw(accounts.Find(id), 230, 230));
        app.MapGet(
            "/avatars/{id:int}-banner.svg",
            (int id, UserAccounts accounts) => Draw(accounts.Find(id), 1700, 330)
        );
    }

    private static IResult Draw(SandboxUser? user, int width, int height) =>
        user is null
            ? Results.NotFound()
            : Results.Text(
                $"""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">
                  <rect width="{width}" height="{height}" fill="hsl({user.Id * 47 % 360} 40% 45%)"/>
                  <text x="{width / 2}" y="{height * 3 / 5}" text-anchor="middle" fill="#fff"
                    style="font:bold {height / 3}px sans-serif">{WebUtility.HtmlEncode(
                    user.Name[..1].ToUpperInvariant()
                )}</text>
                </svg>
                """,
                "image/svg+xml"
            );
}
