using System.Text.RegularExpressions;
using AnimeSync.Api.Hosting;

namespace AnimeSync.Api.Auth;

/// <summary>A first-party public client: no secret, exact redirect URIs (RFC 9700 §2.1).</summary>
internal sealed partial record Client(string Id, IReadOnlyList<string> RedirectUris)
{
    public const string Spa = "animesync-spa";
    public const string Mobile = "animesync-mobile";

    /// <summary>Browsers keep the refresh token in a cookie; native apps keep it themselves.</summary>
    public bool KeepsRefreshTokenInCookie => Id == Spa;

    /// <summary>
    /// Equal to a registered one, character by character. A native app's loopback address may add any port
    /// (RFC 8252 §7.3).
    /// </summary>
    public bool Allows(string redirectUri) =>
        RedirectUris.Contains(redirectUri, StringComparer.Ordinal)
        || (
            Id == Mobile
            && Loopback().Match(redirectUri) is { Success: true } match
            && ushort.TryParse(match.Groups["port"].ValueSpan, out _)
            && RedirectUris.Contains(match.Groups["host"].Value + match.Groups["path"].Value, StringComparer.Ordinal)
        );

    public static IReadOnlyList<Client> ReadAll(Settings settings)
    {
        const string name = "AUTH_REDIRECT_URIS";
        var fallback = settings.IsDevelopment
            ? $"{Spa}=http://localhost:3000/callback,{Mobile}=http://127.0.0.1/callback,{Mobile}=http://[::1]/callback"
            : string.Empty;
        var registered = new Dictionary<string, List<string>> { [Spa] = [], [Mobile] = [] };
        foreach (var pair in settings.List(name, fallback))
        {
            var (id, redirectUri) = pair.Split('=', 2) is [var left, var right] ? (left, right) : (pair, string.Empty);
            if (!registered.TryGetValue(id, out var uris) || !IsAcceptable(id, redirectUri))
            {
                settings.Refuse(
                    name,
                    "must list client=uri pairs: https, loopback http, or a reverse-DNS scheme for mobile"
                );
                continue;
            }

            uris.Add(redirectUri);
        }

        return [.. registered.Select(pair => new Client(pair.Key, pair.Value))];
    }

    private static bool IsAcceptable(string clientId, string redirectUri) =>
        Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri)
        && uri is { Fragment: "", UserInfo: "" }
        && !redirectUri.Contains('#', StringComparison.Ordinal)
        && (
            uri.Scheme == Uri.UriSchemeHttps
            || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)
            // RFC 8252 §7.1: a private-use scheme is a domain name under the app's control, reversed.
            || (clientId == Mobile && uri.Scheme.Contains('.', StringComparison.Ordinal) && uri.Host.Length == 0)
        );

    // Not $, which also matches before a line end.
    [GeneratedRegex(
        @"^(?<host>http://(?:127\.0\.0\.1|\[::1\])):(?<port>[0-9]{1,5})(?<path>/.*)\z",
        RegexOptions.NonBacktracking
    )]
    private static partial Regex Loopback();
}
