using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Http;

public sealed class HostTests(SharedService shared)
{
    private readonly Service _service = shared.Service;

    [Theory]
    [InlineData("GET /api/v1/me HTTP/1.1\r\n\r\n")]
    [InlineData("GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /api/v1/me HTTP/1.1\r\nHost: local host\r\n\r\n")]
    [InlineData("GET /api/v1/me HTTP/1.1\r\nHost: localhost:port\r\n\r\n")]
    [InlineData("GET http://evil.example/api/v1/me HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    public async Task A_request_without_one_sound_host_is_400(string request)
    {
        var answers = await _service.SendAsync(request);

        Assert.Equal(400, answers.Status);
        Assert.True(answers.Closed);
    }

    [Theory]
    [InlineData("GET /api/v1/me HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")]
    [InlineData("GET http://evil.example/api/v1/me HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /api/v1/me HTTP/1.1\r\nHost: localhost.evil.example\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /api/v1/me HTTP/1.1\r\nHost: localhost.\r\nConnection: close\r\n\r\n")]
    [InlineData(
        "GET /api/v1/me HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: localhost\r\nConnection: close\r\n\r\n"
    )]
    [InlineData("GET /api/v1/me HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n")]
    public async Task A_name_that_is_not_ours_is_a_400_problem(string request)
    {
        var answers = await _service.SendAsync(request);

        Assert.Equal(400, answers.Status);
        Assert.Equal("malformed-request", answers.Only.Slug);
    }

    [Theory]
    [InlineData("/version")]
    [InlineData("/health")]
    [InlineData("/metrics")]
    public async Task Naming_the_admin_listener_does_not_reach_it(string path)
    {
        var port = _service.Admin.Port;
        foreach (
            var spoof in new[]
            {
                $"Host: localhost:{port}\r\n",
                $"Host: localhost\r\nX-Forwarded-Host: localhost:{port}\r\nX-Forwarded-Port: {port}\r\n",
            }
        )
        {
            var answers = await _service.SendAsync($"GET {path} HTTP/1.1\r\n{spoof}Connection: close\r\n\r\n");

            Assert.Equal(404, answers.Status);
            Assert.Equal("not-found", answers.Only.Slug);
        }

        var admin = await Raw.SendAsync(
            _service.Admin,
            $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        );
        Assert.Equal(200, admin.Status);
    }

    [Fact]
    public async Task Public_routes_do_not_exist_on_the_other_listeners()
    {
        foreach (var listener in new[] { _service.Admin, _service.Integrations })
        {
            foreach (
                var path in new[]
                {
                    "/api/v1/me",
                    "/auth/authorize",
                    "/healthz",
                    "/.well-known/oauth-authorization-server",
                }
            )
            {
                var answers = await Raw.SendAsync(
                    listener,
                    $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                );

                Assert.Equal(404, answers.Status);
            }
        }
    }
}
