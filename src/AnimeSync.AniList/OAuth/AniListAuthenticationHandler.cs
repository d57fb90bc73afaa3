using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AnimeSync.AniList;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AspNet.Security.OAuth.AniList;

/// <summary>Signs in with AniList's authorization code flow; every failure is an <see cref="AniListAuthenticationException"/>.</summary>
public partial class AniListAuthenticationHandler(
    IOptionsMonitor<AniListAuthenticationOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder
) : OAuthHandler<AniListAuthenticationOptions>(options, logger, encoder)
{
    private const int LongestParameter = 4096;

    /// <summary>AniList comes back by a redirect, so only GET is a callback.</summary>
    public override async Task<bool> ShouldHandleRequestAsync() =>
        HttpMethods.IsGet(Request.Method) && await base.ShouldHandleRequestAsync();

    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        var query = Request.Query;
        // RFC 6749 §3.1: no parameter more than once; §4.1.2: either a code or an error.
        if (
            query.Any(parameter => parameter.Value is not [{ Length: <= LongestParameter }])
            || (query.ContainsKey("code") && query.ContainsKey("error"))
        )
        {
            return Fail(AniListAuthenticationFailure.MalformedCallback);
        }

        if (query.TryGetValue("iss", out var issuer) && issuer != ClaimsIssuer)
        {
            return Fail(AniListAuthenticationFailure.ForeignIssuer);
        }

        return await base.HandleRemoteAuthenticateAsync();
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri) =>
        QueryHelpers.AddQueryString(
            Options.AuthorizationEndpoint,
            new Dictionary<string, string?>
            {
                ["client_id"] = Options.ClientId,
                ["redirect_uri"] = Options.RedirectUri?.OriginalString ?? redirectUri,
                ["response_type"] = "code",
                ["state"] = Options.StateDataFormat.Protect(properties),
            }
        );

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        if (!await Options.Events.OnExchangingCode(context.Properties, Context.RequestAborted))
        {
            return OAuthTokenResponse.Failed(
                new AniListAuthenticationException(AniListAuthenticationFailure.StateRefused)
            );
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, Options.TokenEndpoint);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Content = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["client_id"] = Options.ClientId,
                ["client_secret"] = Options.ClientSecret,
                ["redirect_uri"] = Options.RedirectUri?.OriginalString ?? context.RedirectUri,
                ["code"] = context.Code,
            }
        );
        using var response = await SendAsync(request);
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized)
        {
            return OAuthTokenResponse.Failed(
                new AniListAuthenticationException(AniListAuthenticationFailure.CodeRefused)
            );
        }

        var answer = await ReadAsync(response);
        var token = ReadText(() => OAuthTokenResponse.Success(answer));
        // RFC 6750 §2.1: a bearer token is visible ASCII; anything else would break the header it travels in.
        return
            token is { Error: null, AccessToken: { Length: > 0 and <= 8192 } accessToken }
            && answer.RootElement.GetProperty("access_token").ValueKind is JsonValueKind.String
            && accessToken.All(character => character is > ' ' and < '\x7f')
            && string.Equals(token.TokenType, "Bearer", StringComparison.OrdinalIgnoreCase)
            ? token
            : throw new AniListAuthenticationException(AniListAuthenticationFailure.BadResponse);
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(
        ClaimsIdentity identity,
        AuthenticationProperties properties,
        OAuthTokenResponse tokens
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Options.UserInformationEndpoint);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
        request.Content = JsonContent.Create(new ViewerRequest(Documents.Viewer), AniListJson.Default.ViewerRequest);
        using var response = await SendAsync(request);
        using var payload = await ReadAsync(response);

        // AniList answers 200 with errors inside, so the status code alone proves nothing.
        if (
            payload.RootElement.TryGetProperty("errors", out _)
            || !payload.RootElement.TryGetProperty("data", out var data)
            || data is not { ValueKind: JsonValueKind.Object }
            || !data.TryGetProperty("Viewer", out var viewer)
            || viewer is not { ValueKind: JsonValueKind.Object }
            || !viewer.TryGetProperty("id", out var id)
            || id is not { ValueKind: JsonValueKind.Number }
            || !id.TryGetInt32(out var number)
            || number < 1
        )
        {
            throw new AniListAuthenticationException(AniListAuthenticationFailure.BadResponse);
        }

        var principal = new ClaimsPrincipal(identity);
        var context = new OAuthCreatingTicketContext(
            principal,
            properties,
            Context,
            Scheme,
            Options,
            Backchannel,
            tokens,
            viewer
        );
        ReadText(() =>
        {
            context.RunClaimActions();
            return context;
        });
        await Options.Events.CreatingTicket(context);
        return new AuthenticationTicket(context.Principal!, context.Properties, Scheme.Name);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        try
        {
            // Not given up with the browser's request: what is asked has its own end, and a request that somebody broke off
            // would look like one that AniList did not answer.
            return await Backchannel.SendAsync(request, CancellationToken.None);
        }
        catch (OperationCanceledException exception)
        {
            throw new AniListAuthenticationException(AniListAuthenticationFailure.Timeout, exception);
        }
        catch (HttpRequestException exception)
        {
            var failure =
                exception.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded
                    ? AniListAuthenticationFailure.BadResponse
                    : AniListAuthenticationFailure.Unavailable;
            throw new AniListAuthenticationException(failure, exception);
        }
    }

    private async Task<JsonDocument> ReadAsync(HttpResponseMessage response)
    {
        if (response.StatusCode is not HttpStatusCode.OK)
        {
            var isDown = (int)response.StatusCode is 403 or 429 or >= 500;
            Log.Refused(Logger, (int)response.StatusCode);
            throw new AniListAuthenticationException(
                isDown ? AniListAuthenticationFailure.Unavailable : AniListAuthenticationFailure.BadResponse
            );
        }

        try
        {
            var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Context.RequestAborted));
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? document
                : throw new AniListAuthenticationException(AniListAuthenticationFailure.BadResponse);
        }
        catch (JsonException exception)
        {
            throw new AniListAuthenticationException(AniListAuthenticationFailure.BadResponse, exception);
        }
    }

    /// <summary>JSON may hold half a surrogate pair, which is only found when the text is read.</summary>
    private static T ReadText<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException exception)
        {
            throw new AniListAuthenticationException(AniListAuthenticationFailure.BadResponse, exception);
        }
    }

    private static HandleRequestResult Fail(AniListAuthenticationFailure failure) =>
        HandleRequestResult.Fail(new AniListAuthenticationException(failure));

    private sealed record ViewerRequest(string Query);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(ViewerRequest))]
    private sealed partial class AniListJson : JsonSerializerContext;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "AniList answered a sign-in with status {Status}.")]
        public static partial void Refused(ILogger logger, int status);
    }
}
