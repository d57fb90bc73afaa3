using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace AnimeSync.Api.Tests.Infrastructure;

public sealed record SignedIn(string AccessToken, string? RefreshToken, string? Cookie)
{
    /// <summary>The payload of the access token, unverified.</summary>
    public JsonElement Claims => JsonDocument.Parse(Base64Url.DecodeFromChars(AccessToken.Split('.')[1])).RootElement;
}

/// <summary>A client of the authorization server, one step a method, so that a test can bend any of them.</summary>
public sealed class SignInFlow(Uri address)
{
    public const string Mobile = "animesync-mobile";
    public const string Spa = "animesync-spa";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = address,
    };

    public string Verifier { get; init; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>S256 (RFC 7636 §4.2).</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public string State { get; init; } = "a client's state";

    /// <summary>What a trusted proxy in front of the service would say about where this client is.</summary>
    public string ForwardedFor
    {
        init => _http.DefaultRequestHeaders.Add("X-Forwarded-For", value);
    }

    public static string RedirectUriOf(string clientId) =>
        clientId == Spa ? "http://localhost:3000/callback" : "http://127.0.0.1:45123/callback";

    public async Task<SignedIn> RunAsync(string user, string clientId) =>
        await TokensAsync(await ExchangeAsync(await CodeAsync(user, clientId), clientId));

    public async Task<string> CodeAsync(string user, string clientId)
    {
        var (callback, cookies) = await ReachCallbackAsync(user, clientId);
        using var answer = await GetAsync(callback, cookies);
        return Query(answer.Headers.Location!)["code"];
    }

    /// <summary>Goes to AniList and back, up to the callback's address and the browser's cookies.</summary>
    public async Task<(Uri Callback, string Cookies)> ReachCallbackAsync(string user, string clientId)
    {
        using var authorize = await AuthorizeAsync(clientId);
        var cookies = string.Join(
            "; ",
            authorize.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])
        );
        using var approved = await _http.GetAsync($"{authorize.Headers.Location}&sandbox_user={user}");
        return (approved.Headers.Location!, cookies);
    }

    public Task<HttpResponseMessage> AuthorizeAsync(string clientId) =>
        _http.GetAsync(
            QueryHelpers.AddQueryString(
                "/auth/authorize",
                new Dictionary<string, string?>
                {
                    ["response_type"] = "code",
                    ["client_id"] = clientId,
                    ["redirect_uri"] = RedirectUriOf(clientId),
                    ["state"] = State,
                    ["code_challenge"] = Challenge,
                    ["code_challenge_method"] = "S256",
                }
            )
        );

    public async Task<HttpResponseMessage> GetAsync(Uri uri, string cookies)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.Add("Cookie", cookies);
        return await _http.SendAsync(request);
    }

    public Task<HttpResponseMessage> ExchangeAsync(string code, string clientId) =>
        PostAsync(
            ("grant_type", "authorization_code"),
            ("client_id", clientId),
            ("code", code),
            ("redirect_uri", RedirectUriOf(clientId)),
            ("code_verifier", Verifier)
        );

    public Task<HttpResponseMessage> RefreshAsync(string refreshToken) =>
        PostAsync(("grant_type", "refresh_token"), ("client_id", Mobile), ("refresh_token", refreshToken));

    /// <summary>A browser's refresh: the cookie, the header that only an allowed origin can send, and that origin.</summary>
    public async Task<HttpResponseMessage> RefreshByCookieAsync(
        string cookie,
        string? csrf = "1",
        string? origin = "http://localhost:3000"
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/token");
        request.Content = Form(("grant_type", "refresh_token"), ("client_id", Spa));
        request.Headers.Add("Cookie", cookie);
        if (csrf is not null)
        {
            request.Headers.Add("X-CSRF", csrf);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await _http.SendAsync(request);
    }

    public Task<HttpResponseMessage> PostAsync(params (string Name, string Value)[] form) =>
        _http.PostAsync("/auth/token", Form(form));

    public static async Task<SignedIn> TokensAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            answer.EnsureSuccessStatusCode();
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            var cookie = answer.Headers.TryGetValues("Set-Cookie", out var cookies)
                ? cookies.Single().Split(';')[0]
                : null;
            return new(
                body.GetProperty("access_token").GetString()!,
                body.TryGetProperty("refresh_token", out var refresh) ? refresh.GetString() : null,
                cookie
            );
        }
    }

    public static Dictionary<string, string> Query(Uri uri) =>
        QueryHelpers.ParseQuery(uri.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] form) =>
        new(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
}
