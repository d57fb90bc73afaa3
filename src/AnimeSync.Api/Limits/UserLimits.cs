using AnimeSync.Api.Http;

namespace AnimeSync.Api.Limits;

/// <summary>Counts every authenticated request by its user, whatever session, client or address it comes from.</summary>
internal sealed class UserLimits(RequestDelegate next, RequestLimits limits)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (Admission.Of(context) is not { } admission)
        {
            await next(context);
            return;
        }

        var user = context.Features.Get<CurrentUser>();
        if (user is not null)
        {
            admission.Owe(limits.User, user.Id.ToString("n"));
        }

        if ((user is not null && SettlesItself(context)) || await admission.TrySettleAsync(context))
        {
            await next(context);
        }
    }

    /// <summary>Only a request that reaches the handler can be left to it.</summary>
    private static bool SettlesItself(HttpContext context) =>
        context.GetEndpoint() is { } endpoint
        && endpoint.Metadata.GetMetadata<SettlesLimits>() is not null
        && endpoint.Serves(context.Request)
        && StrictRequests.HasAcceptableBody(context);
}
