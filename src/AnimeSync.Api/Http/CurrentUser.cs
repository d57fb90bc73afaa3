namespace AnimeSync.Api.Http;

/// <summary>Who is calling, as a parameter of a handler. Only routes that require a token may ask for it.</summary>
internal sealed record CurrentUser(Guid Id, Guid SessionId, string ClientId)
{
    public static ValueTask<CurrentUser?> BindAsync(HttpContext context) =>
        ValueTask.FromResult(context.Features.Get<CurrentUser>());
}
