using System.Text.RegularExpressions;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Auth;

/// <summary>What every refused credential must look like (RFC 6750 §3), and what it must leave alone.</summary>
internal static partial class AccessTokenRefusal
{
    private const string Invalid =
        "Bearer error=\"invalid_token\", error_description=\"The access token is not valid.\"";
    private const string Expired =
        "Bearer error=\"invalid_token\", error_description=\"The access token has expired.\"";

    public static async Task<RawAnswer> AskAsync(Service service, string headers, string path = "/api/v1/me") =>
        (await service.SendAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Connection: close\r\n\r\n")).Only;

    public static Task<RawAnswer> AskWithTokenAsync(Service service, string token) =>
        AskAsync(service, $"Authorization: Bearer {token}\r\n");

    /// <summary>The bad token is refused in fixed words; the good one of the same session still works.</summary>
    public static async Task AssertRefusedAsync(Service service, string token, string genuine, string slug)
    {
        var answer = await AskWithTokenAsync(service, token);

        AssertRefused(answer, slug);
        AssertNothingEchoed(answer, token);
        Assert.Equal(200, (await AskWithTokenAsync(service, genuine)).Status);
        await service.AssertAliveAsync();
    }

    public static void AssertRefused(RawAnswer answer, string slug)
    {
        Assert.Equal(401, answer.Status);
        Assert.Equal(slug, answer.Slug);
        Assert.Equal(
            slug switch
            {
                "token-invalid" => Invalid,
                "token-expired" => Expired,
                _ => "Bearer",
            },
            Assert.Single(answer.Headers["WWW-Authenticate"])
        );
        Assert.StartsWith("application/problem+json", answer.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.DoesNotMatch(Leak(), answer.Body);
    }

    private static void AssertNothingEchoed(RawAnswer answer, string token)
    {
        var all = answer.Body + string.Join('\n', answer.Headers.SelectMany(header => header));
        Assert.All(
            token.Split('.').Where(part => part.Length > 8),
            part => Assert.DoesNotContain(part, all, StringComparison.OrdinalIgnoreCase)
        );
    }

    [GeneratedRegex(@"at \w+\.|Npgsql|Exception|/src/|/home/|IDX\d|SELECT|eyJ|evil|idp\.example")]
    private static partial Regex Leak();
}
