using System.Net;
using Duende.IdentityModel.OidcClient.Browser;

namespace AnimeSync.Interop.Tests.Infrastructure;

/// <summary>A browser whose person approves at AniList as one of the sandbox's users.</summary>
internal sealed class SandboxBrowser(string user) : IBrowser
{
    private const int MostRedirects = 5;

    public async Task<BrowserResult> InvokeAsync(BrowserOptions options, CancellationToken cancellationToken = default)
    {
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            CookieContainer = new CookieContainer(),
        };
        using var http = new HttpClient(handler);
        var address = options.StartUrl;
        for (var i = 0; i < MostRedirects && !address.StartsWith(options.EndUrl, StringComparison.Ordinal); i++)
        {
            using var answer = await http.GetAsync(new Uri(address), cancellationToken);
            address = answer.Headers.Location!.ToString();
            if (address.Contains("/api/v2/oauth/authorize", StringComparison.Ordinal))
            {
                address += $"&sandbox_user={user}";
            }
        }

        return new BrowserResult { ResultType = BrowserResultType.Success, Response = address };
    }
}
