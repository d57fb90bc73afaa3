using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Auth;

public sealed class AccessTokenFloodTests(SharedService shared)
{
    private const int PerMinute = 60;
    private const int PerAddress = PerMinute * 5 / 2;

    [Fact]
    public async Task Guessing_tokens_is_stopped_by_the_address_and_leaves_other_people_alone()
    {
        await using var limited = await Replica.StartAsync(
            shared.Service,
            ("RATE_LIMIT_PER_MINUTE", $"{PerMinute}"),
            // Its own counters: nothing else may spend these addresses' quotas.
            ("REDIS_URL", null)
        );
        var user = (await shared.Service.SignInAsync("mika")).AccessToken;
        var forged = new ForgedToken(user, shared.Service);

        var answers = new List<RawAnswer>();
        for (var guess = 0; guess < PerAddress + 20; guess++)
        {
            var token = forged.Signed(forged.Header, forged.Payload, RandomNumberGenerator.GetBytes(32));
            answers.Add(await AskAsync(limited, "127.0.0.3", token));
        }

        Assert.All(answers[..PerAddress], answer => AccessTokenRefusal.AssertRefused(answer, "token-invalid"));
        Assert.All(answers[PerAddress..], AssertLimited);
        AssertLimited(await AskAsync(limited, "127.0.0.3", user));
        Assert.Equal(200, (await AskAsync(limited, "127.0.0.2", user)).Status);
        using var probe = limited.CreateClient();
        using var alive = await probe.GetAsync("/healthz");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    private static void AssertLimited(RawAnswer answer)
    {
        Assert.Equal(429, answer.Status);
        Assert.Equal("quota-exceeded", answer.Slug);
        Assert.InRange(int.Parse(answer.Header("Retry-After")!, null), 1, 60);
        Assert.Null(answer.Header("WWW-Authenticate"));
    }

    private static async Task<RawAnswer> AskAsync(Replica replica, string source, string token)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(source), 0));
        await socket.ConnectAsync(replica.Public);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes(
                $"GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
            )
        );
        return (await Raw.ReadAsync(socket, TimeSpan.FromSeconds(20))).Only;
    }
}
