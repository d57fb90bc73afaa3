using System.Text.RegularExpressions;
using AnimeSync.Api.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AnimeSync.Api.Auth.SignIn;

/// <summary>A checked authorization request (RFC 6749 §4.1.1, RFC 7636 §4.3).</summary>
internal sealed partial record AuthorizeRequest(Client Client, string RedirectUri, string? State, string CodeChallenge)
{
    private const int LongestState = 1024;
    private static readonly string[] _known =
    [
        "response_type",
        "client_id",
        "redirect_uri",
        "state",
        "code_challenge",
        "code_challenge_method",
        "scope",
    ];

    /// <summary>
    /// One of three: a request; a problem, when nothing proves that the redirect URI is the client's; or an address
    /// to redirect to with the error (RFC 6749 §4.1.2.1).
    /// </summary>
    public static (AuthorizeRequest? Request, Problem? Problem, string? ErrorRedirect) Read(
        IQueryCollection query,
        IReadOnlyList<Client> clients,
        string issuer
    )
    {
        var client = clients.SingleOrDefault(known => query["client_id"] is [{ } id] && known.Id == id);
        if (
            client is null
            || query["redirect_uri"] is not [{ Length: <= 512 } redirectUri]
            || !client.Allows(redirectUri)
        )
        {
            return (null, Problems.ReturnToNotAllowed, null);
        }

        var state = query["state"] is [{ Length: > 0 and <= LongestState } given] ? given : null;
        if (Refusal(query) is { } refusal)
        {
            return (null, null, ErrorRedirectUri(redirectUri, refusal.Error, refusal.Description, state, issuer));
        }

        return (new(client, redirectUri, state, query["code_challenge"].ToString()), null, null);
    }

    public static string ErrorRedirectUri(
        string redirectUri,
        string error,
        string description,
        string? state,
        string issuer
    ) =>
        QueryHelpers.AddQueryString(
            redirectUri,
            new Dictionary<string, string?>
            {
                ["error"] = error,
                ["error_description"] = description,
                ["state"] = state,
                ["iss"] = issuer,
            }
        );

    private static (string Error, string Description)? Refusal(IQueryCollection query)
    {
        if (_known.Any(name => query[name].Count > 1))
        {
            return ("invalid_request", "A parameter is repeated.");
        }

        return (string?)query["response_type"] switch
        {
            null or "" => ("invalid_request", "response_type is required."),
            not "code" => ("unsupported_response_type", "Only response_type=code is supported."),
            _ when query["state"].ToString().Length > LongestState => ("invalid_request", "state is too long."),
            _ when query["code_challenge_method"] != "S256" => (
                "invalid_request",
                "code_challenge_method must be S256."
            ),
            _ when !Challenge().IsMatch(query["code_challenge"].ToString()) => (
                "invalid_request",
                "code_challenge must be the base64url SHA-256 of a verifier."
            ),
            _ => null,
        };
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{43}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Challenge();
}
