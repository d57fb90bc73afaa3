using AnimeSync.Api.Http;

namespace AnimeSync.Api.Limits;

/// <summary>Counts every authenticated request by its user, whatever session, client or address it comes from.</summary>
internal sealed class UserLimits(RequestDelegate next, RequestLimits limits)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (
            context.Features.Get<CurrentUser>() is { } user
            && !await limits.AdmitAsync(context, limits.User, user.Id.ToString("n"))
        )
        {
            return;
        }

        await next(context);
    }
}
