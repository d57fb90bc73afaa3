using System.Security.Cryptography;
using System.Text.Json;
using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Control;

namespace AnimeSync.Sandbox.OAuth;

/// <summary>Turns a code into a token, posted as a form or as JSON; refuses in the shapes of league/oauth2-server.</summary>
internal static class TokenEndpoint
{
    private static readonly JsonDocumentOptions _eachMemberOnce = new() { AllowDuplicateProperties = false };

    public static async Task ExchangeAsync(
        HttpContext context,
        UserAccounts accounts,
        AuthorizationCodes codes,
        AccessTokens tokens,
        FaultRules faults
    )
    {
        var fields = await ReadFieldsAsync(context.Request);
        var owner = codes.OwnerOf(fields.GetValueOrDefault("code", ""));
        var fault = faults.Take(owner is { } id ? accounts.Find(id)?.Name : null);
        if (fault is not null && FaultAnswers.Replacement(fault, context.Request, forTokens: true) is { } replacement)
        {
            await fault.PlayAsync(context, replacement);
            return;
        }

        var answer = Exchange(fields, accounts, codes, tokens);
        context.Response.Headers.CacheControl = "no-store, private";
        await (fault is null ? answer.WriteAsync(context) : fault.PlayAsync(context, answer));
    }

    private static Answer Exchange(
        Dictionary<string, string> fields,
        UserAccounts accounts,
        AuthorizationCodes codes,
        AccessTokens tokens
    )
    {
        if (fields.GetValueOrDefault("grant_type") != "authorization_code")
        {
            return Refusal(
                400,
                "unsupported_grant_type",
                "The authorization grant type is not supported by the authorization server.",
                "Check that all required parameters have been provided"
            );
        }

        var clientId = fields.GetValueOrDefault("client_id");
        if (string.IsNullOrEmpty(clientId) || clientId == "unknown")
        {
            return Refusal(401, "invalid_client", "Client authentication failed", null);
        }

        var code = fields.GetValueOrDefault("code");
        if (string.IsNullOrEmpty(code))
        {
            return MissingParameter("Check the `code` parameter");
        }

        var outcome = codes.Redeem(code, clientId, fields.GetValueOrDefault("redirect_uri"), out var userId);
        return outcome switch
        {
            CodeOutcome.Accepted => Granted(tokens.Issue(accounts.Find(userId)!, clientId)),
            CodeOutcome.Used => MissingParameter("Authorization code has been revoked"),
            CodeOutcome.Expired => MissingParameter("Authorization code has expired"),
            CodeOutcome.WrongClient => MissingParameter("Authorization code was not issued to this client"),
            CodeOutcome.WrongRedirect => Refusal(401, "invalid_client", "Client authentication failed", null),
            _ => MissingParameter("Cannot decrypt the authorization code"),
        };
    }

    public static Answer Granted(string token, string tokenType = "Bearer") =>
        new(
            200,
            $$"""{"token_type":"{{tokenType}}","expires_in":{{AccessTokens.Lifetime}},"access_token":"{{token}}","refresh_token":"def50200{{RandomNumberGenerator.GetHexString(200, true)}}"}"""
        );

    /// <summary>The shape of league/oauth2-server, which AniList's server is built on.</summary>
    public static Answer Refusal(int status, string error, string description, string? hint) =>
        new(
            status,
            JsonSerializer.Serialize(
                hint is null
                    ? new Dictionary<string, string>
                    {
                        ["error"] = error,
                        ["error_description"] = description,
                        ["message"] = description,
                    }
                    : new()
                    {
                        ["error"] = error,
                        ["error_description"] = description,
                        ["hint"] = hint,
                        ["message"] = description,
                    }
            )
        );

    private static Answer MissingParameter(string hint) =>
        Refusal(
            400,
            "invalid_request",
            "The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.",
            hint
        );

    private static async Task<Dictionary<string, string>> ReadFieldsAsync(HttpRequest request)
    {
        try
        {
            if (request.HasFormContentType)
            {
                var form = await request.ReadFormAsync();
                return form.ToDictionary(field => field.Key, field => field.Value.ToString());
            }

            using var json = await JsonDocument.ParseAsync(request.Body, _eachMemberOnce);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? json
                    .RootElement.EnumerateObject()
                    .ToDictionary(member => member.Name, member => member.Value.ToString())
                : [];
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return [];
        }
    }

    // A lone surrogate in a member is only found when the member is read. Forms have an exception for each way to be
    // malformed: too many fields, a part that does not end, bytes that are no text, an encoding nobody has. What the
    // server refuses by itself, such as an oversized body, is left to it.
    private static bool IsUnreadable(Exception exception) =>
        exception
            is JsonException
                or InvalidOperationException
                or InvalidDataException
                or (IOException and not BadHttpRequestException)
                or ArgumentException
                or NotSupportedException;
}
