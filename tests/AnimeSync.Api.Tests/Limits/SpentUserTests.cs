using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using AnimeSync.Api.Limits;
using AnimeSync.Api.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.Api.Tests.Limits;

/// <summary>Somebody whose requests of this minute are used up.</summary>
public sealed class SpentUserTests(LimitedApp limited) : IClassFixture<LimitedApp>
{
    // Signing in is limited, too, so all tests share one.
    private static SignedIn? _user;

    [Theory]
    [InlineData("GET", "/graphql")]
    [InlineData("PUT", "/graphql")]
    [InlineData("POST", "/graphql", "text/plain")]
    [InlineData("POST", "/graphql", "application/json; charset=\"utf-8\"")]
    [InlineData("POST", "/graphql", "application/json", "gzip")]
    [InlineData("POST", "/graphql", "application/json", null, 2_000_000)]
    [InlineData("GET", "/graphql?extensions=1", "text/plain")]
    [InlineData("GET", "/nothing")]
    public async Task Nothing_that_is_wrong_with_a_request_spares_it_the_users_limit(
        string method,
        string path,
        string? type = null,
        string? encoding = null,
        int length = 1
    )
    {
        using var client = await SpentAsync();
        using var request = new HttpRequestMessage(new(method), path);
        if (type is not null)
        {
            request.Content = new StringContent(new string(' ', length));
            // Who is refused need not send it all, and may not be able to.
            request.Headers.ExpectContinue = length > 1;
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            if (encoding is not null)
            {
                request.Content.Headers.ContentEncoding.Add(encoding);
            }
        }

        using var refusal = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.StatusCode);
    }

    [Fact]
    public async Task A_body_that_makes_no_sense_as_HTTP_is_refused_as_any_other_is()
    {
        using var client = await SpentAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, limited.App.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        var request =
            $"POST /graphql HTTP/1.1\r\nHost: {limited.App.Address.Authority}\r\n"
            + $"Authorization: {client.DefaultRequestHeaders.Authorization}\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);

        Assert.StartsWith("HTTP/1.1 429 ", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Probes_and_operators_are_not_counted_whoever_they_are()
    {
        using var client = await SpentAsync();
        using var operators = limited.NewNeighbour(
            limited.App.AdminAddress,
            client.DefaultRequestHeaders.Authorization!.Parameter
        );

        using var probe = await client.GetAsync("/healthz", TestContext.Current.CancellationToken);
        using var detail = await operators.GetAsync("/health", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (probe.StatusCode, detail.StatusCode));
        Assert.False(probe.Headers.Contains("RateLimit"));
        Assert.False(detail.Headers.Contains("RateLimit"));
    }

    private async Task<HttpClient> SpentAsync()
    {
        _user ??= await limited.App.SignInAsync();
        var limits = limited.App.Service.Services.GetRequiredService<RequestLimits>();
        var key = _user.Claims.GetProperty("sub").GetGuid().ToString("n");
        IReadOnlyList<LimitVerdict> verdicts;
        do
        {
            verdicts = await limits.AcquireAsync([new(limits.User, key, 1)], TestContext.Current.CancellationToken);
        } while (verdicts[0].IsGranted);

        return limited.NewNeighbour(accessToken: _user.AccessToken);
    }
}
