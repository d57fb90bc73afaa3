using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Proxy;

[Collection(ServiceBehindNginxUsers.Name)]
public sealed partial class ProxyEdgeTests(ServiceBehindNginx front)
{
    private const string Form =
        "POST /auth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n";

    [Theory]
    [InlineData("listen-http.conf")]
    [InlineData("listen-tls.conf")]
    public async Task The_configuration_that_ships_is_sound(string listen)
    {
        var service = front.Service;
        await using var nginx = new Nginx(listen, service.Public, service.Admin, service.Integrations);
        await nginx.AddCertificateAsync();

        Assert.True(await nginx.CheckAsync() == 0, nginx.Output);
        Assert.DoesNotContain("[warn]", nginx.Output);
    }

    [Fact]
    public async Task An_address_counts_as_the_sockets_whatever_the_client_writes()
    {
        var client = new IPAddress([127, 9, .. RandomNumberGenerator.GetBytes(1), 1]);
        var neighbour = new IPAddress([.. client.GetAddressBytes()[..3], 2]);
        var first = await RemainingAsync(client, string.Empty);

        foreach (
            var spoof in new[]
            {
                $"X-Forwarded-For: {neighbour}\r\n",
                $"X-Forwarded-For: {neighbour}\r\nX-Forwarded-For: {neighbour}, 127.0.0.1\r\n",
                $"Forwarded: for={neighbour}\r\nX-Real-IP: {neighbour}\r\nX_Forwarded_For: {neighbour}\r\n",
                $"Connection: X-Forwarded-For\r\nX-Forwarded-For: {neighbour}\r\n",
            }
        )
        {
            Assert.InRange(await RemainingAsync(client, spoof), 0, first - 1);
        }

        Assert.Equal(first, await RemainingAsync(neighbour, string.Empty));
    }

    [Theory]
    [InlineData("GET /api/v1/me HTTP/1.1\r\n\r\n")]
    [InlineData("GET /api/v1/me HTTP/1.1\r\nHost:\r\n\r\n")]
    [InlineData("GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /api/v1/me HTTP/1.1\r\nHost: local host\r\n\r\n")]
    [InlineData("GET /api/v1/me HTTP/1.1\r\nHost: localhost:port\r\n\r\n")]
    [InlineData("GET /api/v1/me HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: localhost\r\n\r\n")]
    [InlineData("GET http://evil.example/api/v1/me HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET  WS://evil.example:80/api/v1/me HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET http://localhost@evil.example/api/v1/me HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    public async Task A_request_without_one_sound_host_of_ours_is_400(string request)
    {
        var answers = await front.SendAsync(request);

        Assert.Equal(400, answers.Status);
    }

    [Fact]
    public async Task The_host_of_an_absolute_target_outranks_the_field()
    {
        // Not 400: RFC 9112 §3.2.2 says which of the two counts.
        var answers = await front.SendAsync("GET http://localhost/api/v1/me HTTP/1.1\r\nHost: evil.example\r\n\r\n");

        Assert.Equal(401, answers.Status);
    }

    [Theory]
    [InlineData("/version")]
    [InlineData("/health")]
    public async Task Only_public_routes_are_behind_the_public_port(string path)
    {
        foreach (var port in new[] { front.Service.Admin.Port, front.Nginx.Admin.Port })
        {
            var spoofed = await front.SendAsync(
                $"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nX-Forwarded-Host: localhost:{port}\r\nX-Forwarded-Port: {port}\r\n\r\n"
                    + $"GET http://localhost:{port}{path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"
            );

            Assert.Equal(["not-found", "not-found"], spoofed.All.Select(answer => answer.Slug));
        }

        var admin = await Raw.SendAsync(
            front.Nginx.Admin,
            $"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\nGET /api/v1/me HTTP/1.1\r\nHost: localhost\r\n\r\n"
        );
        Assert.Equal([200, 404], admin.All.Select(answer => answer.Status));
    }

    [Theory]
    [InlineData(1024 * 1024 + 1)]
    [InlineData(31 * 1024 * 1024)]
    public async Task A_body_announced_as_too_large_is_refused_before_it_is_read(int length)
    {
        var answers = await front.SendAsync($"{Form}Content-Length: {length}\r\nExpect: 100-continue\r\n\r\n");

        Assert.Equal(413, answers.Status);
        Assert.Equal("payload-too-large", answers.Only.Slug);
        await front.Service.AssertAliveAsync();
    }

    [Fact]
    public async Task Slow_headers_and_slow_bodies_are_cut_off()
    {
        var headers = DribbleAsync("GET /healthz HTTP/1.1\r\nHost: localhost\r\n");
        var body = DribbleAsync($"{Form}Content-Length: 1000\r\n\r\na");

        Assert.Empty((await headers).All);
        Assert.True((await headers).Closed);
        Assert.Equal("request-timeout", (await body).Only.Slug);
        await front.Service.AssertAliveAsync();
    }

    private async Task<RawAnswers> DribbleAsync(string beginning)
    {
        using var socket = await Raw.ConnectAsync(front.Nginx.Public);
        await socket.SendAsync(Encoding.ASCII.GetBytes(beginning));
        return await Raw.ReadAsync(socket, TimeSpan.FromSeconds(60));
    }

    /// <summary>What the limit on sign-in leaves to a client at this address.</summary>
    private async Task<int> RemainingAsync(IPAddress client, string headers)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(client, 0));
        await socket.ConnectAsync(front.Nginx.Public);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes($"GET /auth/authorize HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n")
        );
        var answers = await Raw.ReadAsync(socket, TimeSpan.FromSeconds(20));
        return int.Parse(
            Remaining().Match(answers.Only.Header("RateLimit")!).Groups[1].Value,
            CultureInfo.InvariantCulture
        );
    }

    [GeneratedRegex("\"auth\";r=([0-9]+)")]
    private static partial Regex Remaining();
}
