using System.Text.Json;
using System.Text.RegularExpressions;

namespace AnimeSync.BlackBox.Tests.SignIn;

/// <summary>What every refusal here has in common: exact status and slug, nowhere to go, and nothing said that helps.</summary>
internal static partial class Refused
{
    /// <summary>A problem document. Secrets are texts that must not come back.</summary>
    public static async Task AsProblemAsync(
        HttpResponseMessage answer,
        int status,
        string slug,
        params string[] secrets
    )
    {
        var body = await ReadAsync(answer, status, secrets);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"/problems/{slug}", body.GetProperty("type").GetString());
        Assert.Equal(status, body.GetProperty("status").GetInt32());
    }

    /// <summary>RFC 6749 §5.2, with our slug beside it.</summary>
    public static async Task AsOAuthErrorAsync(
        HttpResponseMessage answer,
        string error,
        string slug,
        params string[] secrets
    )
    {
        using (answer)
        {
            var body = await ReadAsync(answer, 400, secrets);
            Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal(error, body.GetProperty("error").GetString());
            Assert.Equal(slug, body.GetProperty("problem").GetString());
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    /// <summary>The cookie that tied the sign-in to this browser is taken back.</summary>
    public static void TakesTheCookie(HttpResponseMessage answer, string cookie) =>
        Assert.Contains(
            answer.Headers.GetValues("Set-Cookie"),
            set =>
                set.StartsWith($"{cookie.Split('=')[0]}=;", StringComparison.Ordinal)
                && set.Contains("expires=Thu, 01 Jan 1970", StringComparison.Ordinal)
        );

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, int status, string[] secrets)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} instead of {status}: {text}");
        Assert.Null(answer.Headers.Location);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.DoesNotMatch(Inside(), text);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, text));
        return JsonDocument.Parse(text).RootElement;
    }

    // Exceptions, stack frames, files, addresses, SQL.
    [GeneratedRegex(@"Exception|\bat [A-Z]\w+\.|\.cs\b|/home/|127\.0\.0\.1|Npgsql|SELECT |INSERT ")]
    private static partial Regex Inside();
}
