using System.Net;
using System.Net.Sockets;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Http;

/// <summary>The service behind its proxy on 127.0.0.1, with no environment named, which must mean Production.</summary>
public sealed class TransportTests(TransportTests.Proxied proxied) : IClassFixture<TransportTests.Proxied>
{
    private const string Challenge =
        "response_type=code&client_id=animesync-mobile&redirect_uri=http://127.0.0.1:4512/callback&state=s&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private readonly Service _service = proxied.Service;

    [Theory]
    [InlineData("GET /api/v1/me", "")]
    [InlineData("GET /nothing-here", "")]
    [InlineData("GET /auth/authorize?" + Challenge, "")]
    [InlineData("POST /auth/token", "")]
    [InlineData("POST /graphql", "X-Forwarded-Proto: http\r\n")]
    [InlineData("GET /api/v1/me", "X-Forwarded-Proto: sekrit\r\n")]
    [InlineData("GET /api/v1/me", "X-Forwarded-Scheme: https\r\nX-Url-Scheme: https\r\nFront-End-Https: on\r\n")]
    [InlineData("GET /api/v1/me", "Forwarded: proto=https;for=192.0.2.1\r\n")]
    public async Task Plain_http_is_refused_and_never_redirected(string line, string headers)
    {
        var answer = (await SendAsync(line, headers)).Only;

        Assert.Equal((403, "insecure-transport"), (answer.Status, answer.Slug));
        Assert.Null(answer.Header("Location"));
        Assert.Null(answer.Header("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("GET /.well-known/oauth-authorization-server", 200)]
    [InlineData("GET /healthz", 200)]
    [InlineData("GET /auth/authorize?" + Challenge, 302)]
    [InlineData("GET /auth/callback", 400)]
    [InlineData("GET /healthz?a=%zz", 400)]
    [InlineData("GET /api/v1/me", 401)]
    [InlineData("GET /nothing-here", 404)]
    [InlineData("DELETE /healthz", 405)]
    [InlineData("POST /graphql", 401)]
    public async Task Every_answer_over_https_tells_browsers_to_stay_with_it(string line, int status)
    {
        var answer = (await SendAsync(line, "X-Forwarded-Proto: https\r\nX-Forwarded-For: 203.0.113.7\r\n")).Only;

        Assert.Equal(status, answer.Status);
        Assert.Equal("max-age=31536000; includeSubDomains", answer.Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_failure_over_https_tells_them_too()
    {
        await _service.Database.ExecuteAsync("ALTER TABLE pending_sign_ins RENAME TO pending_sign_ins_gone");
        var answers = await SendAsync($"GET /auth/authorize?{Challenge}", "X-Forwarded-Proto: https\r\n");
        await _service.Database.ExecuteAsync("ALTER TABLE pending_sign_ins_gone RENAME TO pending_sign_ins");

        var answer = answers.Only;
        Assert.Equal((500, "internal"), (answer.Status, answer.Slug));
        Assert.Equal("max-age=31536000; includeSubDomains", answer.Header("Strict-Transport-Security"));
        Assert.DoesNotMatch(ProxiedService.Leak(), answer.Body);
        await _service.AssertAliveAsync();
    }

    [Fact]
    public async Task Another_machine_cannot_claim_to_be_the_proxy()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        await socket.ConnectAsync(_service.Public);
        await socket.SendAsync(
            "GET /api/v1/me HTTP/1.1\r\nHost: anime.example\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"u8.ToArray()
        );

        var answer = (await Raw.ReadAsync(socket, TimeSpan.FromSeconds(20))).Only;

        Assert.Equal((403, "insecure-transport"), (answer.Status, answer.Slug));
        Assert.Null(answer.Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_forwarded_host_is_not_believed_even_from_the_proxy()
    {
        var answers = await Raw.SendAsync(
            _service.Public,
            "GET /api/v1/me HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: anime.example\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"
        );

        Assert.Equal((400, "malformed-request"), (answers.Status, answers.Only.Slug));
    }

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData("/scalar")]
    [InlineData("/swagger/index.html")]
    [InlineData("/graphiql")]
    [InlineData("/graphql/playground")]
    [InlineData("/health")]
    [InlineData("/metrics")]
    public async Task Without_a_named_environment_nothing_for_developers_is_served(string path)
    {
        var answer = (await SendAsync($"GET {path}", "X-Forwarded-Proto: https\r\n")).Only;

        Assert.Equal((404, "not-found"), (answer.Status, answer.Slug));
    }

    [Fact]
    public async Task A_start_that_would_serve_the_open_internet_in_the_clear_is_refused_by_name()
    {
        var (exitCode, output) = await Service.StartRefusedAsync(
            new()
            {
                ["ASPNETCORE_ENVIRONMENT"] = null,
                ["ALLOW_INSECURE_HTTP"] = null,
                ["PUBLIC_URL"] = "http://anime.example",
                ["TRUSTED_PROXIES"] = null,
                ["CORS_ORIGINS"] = "*",
                ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true",
            }
        );

        Assert.Equal(1, exitCode);
        Assert.All(
            [
                "PUBLIC_URL",
                "TRUSTED_PROXIES",
                "CORS_ORIGINS",
                "ASPNETCORE_FORWARDEDHEADERS_ENABLED",
                "ANILIST_BASE_URL",
            ],
            name => Assert.Contains(name, output)
        );
        Assert.DoesNotContain("anime.example", output.Replace("https://anime.example", string.Empty));
        Assert.DoesNotContain("   at ", output);
    }

    private Task<RawAnswers> SendAsync(string line, string headers) =>
        _service.SendAsync(
            $"{line} HTTP/1.1\r\nHost: anime.example\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n"
        );

    public sealed class Proxied : IAsyncLifetime
    {
        public Service Service { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Service = await Service.StartAsync(
                new Dictionary<string, string?>
                {
                    ["ASPNETCORE_ENVIRONMENT"] = null,
                    ["ALLOW_INSECURE_HTTP"] = null,
                    ["PUBLIC_URL"] = "https://anime.example",
                    ["ALLOWED_HOSTS"] = "anime.example",
                    ["TRUSTED_PROXIES"] = "127.0.0.1",
                    ["CORS_ORIGINS"] = "https://app.anime.example",
                    ["AUTH_REDIRECT_URIS"] =
                        "animesync-spa=https://app.anime.example/callback,animesync-mobile=http://127.0.0.1/callback",
                    // Nobody is asked here; an address in the clear would be refused.
                    ["ANILIST_BASE_URL"] = "https://127.0.0.1:9/",
                    ["ANILIST_GRAPHQL_URL"] = "https://127.0.0.1:9/",
                }
            );

        public ValueTask DisposeAsync() => Service.DisposeAsync();
    }
}
