using System.Runtime.ExceptionServices;
using AnimeSync.AniList.Gateway;
using AnimeSync.Api.Hosting;
using AnimeSync.Api.Http;
using AspNet.Security.OAuth.AniList;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace AnimeSync.Api.Auth.SignIn;

/// <summary>Ties AniList's handler to our sign-in: `state` works once, and the callback ends at the client.</summary>
internal sealed partial class AniListSignIn(
    AniListOptions aniList,
    ServiceOptions service,
    AniListGateway gateway,
    IHttpContextAccessor accessor,
    ILogger<AniListSignIn> logger
) : IConfigureNamedOptions<AniListAuthenticationOptions>
{
    public const string PendingId = "pending";

    public const string CallbackPath = "/auth/callback";

    public void Configure(AniListAuthenticationOptions options) =>
        Configure(AniListAuthenticationDefaults.AuthenticationScheme, options);

    public void Configure(string? name, AniListAuthenticationOptions options)
    {
        options.ClientId = aniList.ClientId;
        options.ClientSecret = aniList.ClientSecret;
        options.CallbackPath = CallbackPath;
        options.RedirectUri = aniList.RedirectUri;
        options.AuthorizationEndpoint = new Uri(aniList.BaseUrl, "/api/v2/oauth/authorize").ToString();
        options.TokenEndpoint = aniList.TokenUrl.ToString();
        options.UserInformationEndpoint = aniList.GraphQLUrl.ToString();
        options.RemoteAuthenticationTimeout = SignInService.Patience;
        options.Backchannel = Backchannel();

        // Lax: AniList's redirect back is a cross-site navigation, which a Strict cookie would miss.
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.HttpOnly = true;
        options.CorrelationCookie.Name = service.UsesHttps ? "__Host-animesync_sign_in." : "animesync_sign_in.";
        options.CorrelationCookie.Path = "/";
        options.CorrelationCookie.SecurePolicy = service.UsesHttps
            ? CookieSecurePolicy.Always
            : CookieSecurePolicy.None;

        options.Events.OnExchangingCode = TakePendingAsync;
        options.Events.OnTicketReceived = ReturnToClientAsync;
        options.Events.OnAccessDenied = ReturnDenialAsync;
        options.Events.OnRemoteFailure = RefuseAsync;
    }

    private HttpClient Backchannel()
    {
        var connections = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            // Our traces are none of AniList's business.
            ActivityHeadersPropagator = null,
        };
        var client = new HttpClient(new BudgetHandler(gateway, aniList.GraphQLUrl, connections))
        {
            Timeout = TimeSpan.FromSeconds(10),
            MaxResponseContentBufferSize = 64 * 1024,
        };
        // AniList refuses many callers that send no Referer; both headers say truthfully who is calling.
        client.DefaultRequestHeaders.Referrer = aniList.Referer;
        client.DefaultRequestHeaders.UserAgent.ParseAdd(aniList.UserAgent);
        return client;
    }

    private async Task<bool> TakePendingAsync(AuthenticationProperties properties, CancellationToken cancellationToken)
    {
        var context = accessor.HttpContext!;
        if (await ConsumeAsync(context, properties, cancellationToken) is not { } pending)
        {
            return false;
        }

        context.Features.Set(pending);
        return true;
    }

    private async Task ReturnToClientAsync(TicketReceivedContext context)
    {
        var pending = context.HttpContext.Features.Get<PendingSignIn>()!;
        var code = await context
            .HttpContext.RequestServices.GetRequiredService<SignInService>()
            .CompleteAsync(
                pending,
                context.Principal!,
                context.Properties!.GetTokenValue("access_token")!,
                context.HttpContext.RequestAborted
            );
        Redirect(
            context.HttpContext,
            QueryHelpers.AddQueryString(
                pending.RedirectUri,
                new Dictionary<string, string?>
                {
                    ["code"] = code,
                    ["state"] = pending.ClientState,
                    ["iss"] = service.PublicUrl,
                }
            )
        );
        context.HandleResponse();
    }

    private Task ReturnDenialAsync(AccessDeniedContext context)
    {
        context.HandleResponse();
        return ReturnErrorAsync(
            context.HttpContext,
            context.Properties,
            "access_denied",
            "The sign-in was refused at AniList."
        );
    }

    private async Task ReturnErrorAsync(
        HttpContext context,
        AuthenticationProperties? properties,
        string error,
        string description
    )
    {
        if (await ConsumeAsync(context, properties, context.RequestAborted) is not { } pending)
        {
            await Problems.OAuthStateInvalid.WriteAsync(context);
            return;
        }

        Redirect(
            context,
            AuthorizeRequest.ErrorRedirectUri(
                pending.RedirectUri,
                error,
                description,
                pending.ClientState,
                service.PublicUrl
            )
        );
    }

    private async Task RefuseAsync(RemoteFailureContext context)
    {
        // The framework hands over everything that was thrown; what is neither AniList's fault nor the callback's is ours.
        if (context.Failure is not (null or AniListAuthenticationException or AuthenticationFailureException))
        {
            ExceptionDispatchInfo.Throw(context.Failure);
        }

        context.HandleResponse();
        // Here the framework keeps what AniList gave as its error; the state was checked before.
        if (context.Failure?.Data["error"] is string error)
        {
            await ReturnErrorAsync(
                context.HttpContext,
                context.Properties,
                error is "temporarily_unavailable" ? error : "server_error",
                "AniList could not sign in."
            );
            return;
        }

        var failure = (context.Failure as AniListAuthenticationException)?.Failure;
        Log.Refused(logger, failure?.ToString() ?? "its state");
        // A state that was shown with the wrong cookie is spent: whoever showed it may show it again.
        await ConsumeAsync(context.HttpContext, context.Properties, context.HttpContext.RequestAborted);
        var problem = failure switch
        {
            AniListAuthenticationFailure.MalformedCallback or AniListAuthenticationFailure.ForeignIssuer =>
                Problems.MalformedRequest,
            AniListAuthenticationFailure.CodeRefused => Problems.CodeInvalid,
            AniListAuthenticationFailure.BadResponse => Problems.AniListBadResponse,
            AniListAuthenticationFailure.Unavailable => Problems.AniListUnavailable,
            AniListAuthenticationFailure.Timeout => Problems.AniListTimeout,
            _ => Problems.OAuthStateInvalid,
        };
        await problem.WriteAsync(context.HttpContext);
    }

    private static async Task<PendingSignIn?> ConsumeAsync(
        HttpContext context,
        AuthenticationProperties? properties,
        CancellationToken cancellationToken
    ) =>
        Guid.TryParse(properties?.Items.TryGetValue(PendingId, out var id) == true ? id : null, out var pendingId)
            ? await context
                .RequestServices.GetRequiredService<SignInService>()
                .ConsumeAsync(pendingId, cancellationToken)
            : null;

    // RFC 9700 §4.12: 303 turns whatever method came in into a GET.
    private static void Redirect(HttpContext context, string location)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = location;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A sign-in was refused because of {Reason}.")]
        public static partial void Refused(ILogger logger, string reason);
    }
}
