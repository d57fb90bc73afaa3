using AnimeSync.Api.Http;

namespace AnimeSync.Api.Limits;

/// <summary>Counts every authenticated request by its user, whatever session, client or address it comes from.</summary>
internal sealed class UserLimits(RequestDelegate next, RequestLimits limits)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var admission = Admission.Of(context);
        if (context.Features.Get<CurrentUser>() is { } user)
        {
            admission.Owe(limits.User, user.Id.ToString("n"));
            if (context.GetEndpoint()?.Metadata.GetMetadata<SettlesLimits>() is not null)
            {
                await NextAsync(context, admission);
                return;
            }
        }

        if (await admission.TrySettleAsync(context))
        {
            await next(context);
        }
    }

    private async Task NextAsync(HttpContext context, Admission admission)
    {
        try
        {
            await next(context);
        }
        finally
        {
            // Gone before the body was there, or failed: the handler never got as far.
            await admission.SettleLateAsync();
        }
    }
}
