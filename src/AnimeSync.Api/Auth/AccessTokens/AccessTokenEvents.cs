using AnimeSync.Api.Auth.Sessions;
using AnimeSync.Api.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Microsoft.Net.Http.Headers;

namespace AnimeSync.Api.Auth.AccessTokens;

/// <summary>What the bearer handler leaves open: the header's form, the session behind the token, the refusal.</summary>
internal sealed class AccessTokenEvents(
    EndedSessions endedSessions,
    SessionConfirmations confirmations,
    VerifiedTokens verifiedTokens
) : JwtBearerEvents
{
    private const string Invalid =
        "Bearer error=\"invalid_token\", error_description=\"The access token is not valid.\"";

    /// <summary>For a handler that finds nobody behind a token whose form and session were in order.</summary>
    public static ProblemHttpResult Refuse(HttpContext context)
    {
        context.Response.Headers[HeaderNames.WWWAuthenticate] = Invalid;
        return Problems.TokenInvalid.ToResult();
    }

    public override async Task MessageReceived(MessageReceivedContext context)
    {
        if (context.Request.Headers.Authorization.Count == 0)
        {
            context.NoResult();
        }
        else if (AccessTokenFormat.FromAuthorization(context.Request) is not { } token)
        {
            context.Fail(new SecurityTokenMalformedException());
        }
        else if (verifiedTokens.Find(token) is { } verified)
        {
            context.Principal = verified.Principal;
            await AdmitAsync(context, verified.Claims);
        }
        else if (AccessTokenFormat.IsWellFormed(token))
        {
            context.Token = token;
        }
        else
        {
            context.Fail(new SecurityTokenMalformedException());
        }
    }

    public override async Task TokenValidated(TokenValidatedContext context)
    {
        var token = (JsonWebToken)context.SecurityToken;
        if (
            AccessTokenFormat.ReadClaims(token.EncodedPayload) is not { } claims
            || claims.Iat > claims.Exp
            || claims.Iat > claims.Nbf
        )
        {
            context.Fail(new SecurityTokenMalformedException());
            return;
        }

        verifiedTokens.Add(token.EncodedToken, new(context.Principal!, claims));
        await AdmitAsync(context, claims);
    }

    private async Task AdmitAsync(ResultContext<JwtBearerOptions> context, AccessTokenClaims claims)
    {
        if (endedSessions.IsStale)
        {
            context.Fail(new EndedSessionsUnknownException());
            return;
        }

        if (endedSessions.Contains(claims.Sid))
        {
            context.Fail(new SecurityTokenInvalidLifetimeException());
            return;
        }

        await confirmations.ConfirmAsync(claims.Sid, claims.Ctr, context.HttpContext.RequestAborted);
        context.HttpContext.Features.Set(new CurrentUser(claims.Sub, claims.Sid, claims.ClientId));
        context.Success();
    }

    public override Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        var (problem, challenge) = context.AuthenticateFailure switch
        {
            null => (Problems.Unauthenticated, "Bearer"),
            EndedSessionsUnknownException => (Problems.TemporarilyUnavailable, null),
            SecurityTokenExpiredException => (
                Problems.TokenExpired,
                "Bearer error=\"invalid_token\", error_description=\"The access token has expired.\""
            ),
            _ => (Problems.TokenInvalid, Invalid),
        };
        // RFC 6750 §3; the texts are fixed, so that nothing of the token comes back.
        if (challenge is not null)
        {
            context.Response.Headers[HeaderNames.WWWAuthenticate] = challenge;
        }
        else
        {
            context.Response.Headers.RetryAfter = "5";
        }

        return problem.WriteAsync(context.HttpContext);
    }

    public override Task Forbidden(ForbiddenContext context) => Problems.Forbidden.WriteAsync(context.HttpContext);
}

/// <summary>It is not known at the moment which sessions have ended, so no token can be trusted.</summary>
internal sealed class EndedSessionsUnknownException : Exception;
