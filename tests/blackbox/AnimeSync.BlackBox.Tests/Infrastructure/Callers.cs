using System.Net;
using System.Net.Sockets;
using AnimeSync.Api.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Infrastructure;

/// <summary>Makes callers at addresses of their own, and counts how many of their requests are let through.</summary>
public sealed class Callers(Service service)
{
    private static int _last;

    public static IPAddress NewAddress()
    {
        var number = Interlocked.Increment(ref _last);
        return new([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
    }

    /// <summary>A caller behind the trusted proxy, which is this machine.</summary>
    public HttpClient Behind(string? forwardedFor = null, string? accessToken = null)
    {
        var client = service.CreateClient(accessToken);
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-For", forwardedFor ?? $"{NewAddress()}");
        return client;
    }

    /// <summary>Signs in from an address that has not been seen: a sign-in is most of its own limit.</summary>
    public Task<SignedIn> SignInAsync(string user) =>
        new SignInFlow(service.Address) { ForwardedFor = $"{NewAddress()}" }.RunAsync(user, SignInFlow.Mobile);

    /// <summary>A caller that connects by itself, from any address of 127.0.0.0/8.</summary>
    public HttpClient At(IPAddress address, IPEndPoint? listener = null)
    {
        var server = listener ?? service.Public;
        return new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectCallback = async (_, cancellationToken) =>
                {
                    var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                    socket.Bind(new IPEndPoint(address, 0));
                    await socket.ConnectAsync(server, cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        )
        {
            BaseAddress = new($"http://{server}"),
        };
    }

    /// <summary>Asks one after the other; anything but an answer of the route or a well-formed 429 fails.</summary>
    public static async Task<int> CountAsync(HttpClient client, int requests, string path = "/nothing")
    {
        var granted = 0;
        for (var request = 0; request < requests; request++)
        {
            using var answer = await client.GetAsync(path);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                await AssertRefusalAsync(answer);
                continue;
            }

            Assert.True(
                answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.OK,
                $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}"
            );
            granted++;
        }

        return granted;
    }

    /// <summary>A refusal says which limit, how long to wait, and nothing about what is behind it.</summary>
    public static async Task<string> AssertRefusalAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Contains("\"type\":\"/problems/quota-exceeded\"", body, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)redis|exception| at [a-z]+\\.|127\\.0\\.0\\.1", body);
        var limit = Assert.Single(answer.Headers.GetValues("RateLimit"));
        Assert.Matches("^\"[a-z-]+\";r=\\d+;t=\\d+$", limit);
        var wait = Assert.Single(answer.Headers.GetValues("Retry-After"));
        Assert.InRange(int.Parse(wait, System.Globalization.CultureInfo.InvariantCulture), 1, 61);
        Assert.EndsWith($";t={wait}", limit, StringComparison.Ordinal);
        return limit.Split('"')[1];
    }

    /// <summary>What an answer's RateLimit field says is left of one limit; null when it does not name it.</summary>
    public static int? LeftOf(HttpResponseMessage answer, string limit) =>
        answer.Headers.TryGetValues("RateLimit", out var values)
        && System.Text.RegularExpressions.Regex.Match(string.Join(", ", values), $"\"{limit}\";r=(\\d+)")
            is { Success: true } match
            ? int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)
            : null;
}
