using AnimeSync.Api.Auth.AccessTokens;
using AnimeSync.Api.Auth.SignIn;
using AnimeSync.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AnimeSync.Api.Account;

internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        var me = routes.MapGroup("/api/v1/me").WithTags("Account");
        me.MapGet("", ReadAsync)
            .WithName("GetAccount")
            .WithSummary("The caller's profile, and how long the link to AniList will last.");
        me.MapDelete("", EraseAsync)
            .WithName("EraseAccount")
            .WithSummary("Erases the caller's rows, AniList token, sessions and counters. There is no way back.");
    }

    private static async Task<Results<Ok<AccountResponse>, ProblemHttpResult>> ReadAsync(
        HttpContext context,
        CurrentUser user,
        AccountService account,
        CancellationToken cancellationToken
    ) =>
        await account.FindAsync(user.Id, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : AccessTokenEvents.Refuse(context);

    private static async Task<Ok<AccountErasedResponse>> EraseAsync(
        HttpContext context,
        CurrentUser user,
        AccountService account,
        RefreshCookie cookie,
        CancellationToken cancellationToken
    )
    {
        var erased = await account.EraseAsync(user.Id, cancellationToken);
        cookie.ClearSite(context.Response);
        return TypedResults.Ok(erased);
    }
}
