using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AnimeSync.Api.Hosting;

namespace AnimeSync.DevHost;

/// <summary>What to open, and a sign-in to paste into a shell.</summary>
internal static class Greeting
{
    public static string Write(ServiceOptions service, ListenOptions listen, string? sandbox, DataFolder folder)
    {
        var text = new StringBuilder(
            $"""

            AnimeSync is ready.

              API             {service.PublicUrl}
              API reference   {(service.IsDevelopment ? $"{service.PublicUrl}/scalar" : "in Development only")}
              Admin           http://{listen.Admin}/health
              Integrations    http://{listen.Integrations}
              AniList         {sandbox ?? "not here: ANILIST_BASE_URL names another one"}
              Data            {folder.Path}

            """
        );
        if (sandbox is not null)
        {
            text.AppendLine().AppendLine("Sign in as the sandbox's user rin and read the profile:").AppendLine();
            text.AppendLine(Tour(service.PublicUrl));
        }

        return text.AppendLine().Append("Ctrl-C stops it; the next start keeps the data.").ToString();
    }

    // The flow of RFC 6749 §4.1 with PKCE; no program needs to listen on the redirect address, curl only reads it.
    private static string Tour(string api)
    {
        const string client = "client_id=animesync-mobile&redirect_uri=http://127.0.0.1:45678/callback";
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var asked = $"response_type=code&{client}&state=tour&code_challenge={challenge}&code_challenge_method=S256";
        return $$"""
            JAR=$(mktemp); ANILIST=$(curl -s -c "$JAR" -o /dev/null -w '%{redirect_url}' '{{api}}/auth/authorize?{{asked}}')
            CODE=$(curl -sL --max-redirs 1 -b "$JAR" -o /dev/null -w '%{redirect_url}' "$ANILIST&sandbox_user=rin" | sed 's/.*[?&]code=//; s/&.*//')
            curl -s {{api}}/api/v1/me -H "Authorization: Bearer $(curl -s {{api}}/auth/token -d 'grant_type=authorization_code&{{client}}&code_verifier={{verifier}}' -d "code=$CODE" | sed 's/.*"access_token":"//; s/".*//')"
            """;
    }
}
