using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Limits;

/// <summary>Whose address a request has. What is left of each address says who was counted.</summary>
[Collection(CountingService.Group)]
public sealed class AddressTests(CountingService counting)
{
    private const int Full = CountingService.AddressLimit;

    private static int _stranger;

    [Theory]
    [InlineData("X-Forwarded-For: {0}")]
    [InlineData("X-Forwarded-For: {0}, 9.9.9.8, 127.0.0.1")]
    [InlineData("X-Forwarded-For: 9.9.9.9\r\nX-Forwarded-For: {0}")]
    [InlineData("X-Forwarded-For: ::ffff:{0}")]
    [InlineData("X-Forwarded-For: {0}:80")]
    [InlineData("X-Forwarded-For: nobody, unknown, ,;")]
    [InlineData("X-Real-IP: {0}")]
    [InlineData("Forwarded: for={0};proto=https;by=127.0.0.1")]
    [InlineData("CF-Connecting-IP: {0}")]
    [InlineData("True-Client-IP: {0}")]
    [InlineData("X-Client-IP: {0}\r\nX-Original-For: {0}\r\nX-Cluster-Client-IP: {0}\r\nVia: {0}")]
    [InlineData("long")]
    public async Task An_address_that_an_untrusted_peer_claims_is_not_believed(string headers)
    {
        var stranger = NewStranger();
        var claimed = Callers.NewAddress();
        headers = headers == "long" ? $"X-Forwarded-For: {LongList(claimed)}" : Fill(headers, claimed);

        var first = await SendAsync(stranger, headers);
        var second = await SendAsync(stranger, headers);

        Assert.Equal((404, 404), (first.Status, second.Status));
        Assert.StartsWith($"\"address\";r={Full - 2};", second.Header("RateLimit"), StringComparison.Ordinal);
        Assert.Equal(Full, await LeftOfAsync($"{claimed}"));
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("9.9.9.9, {0}")]
    [InlineData("9.9.9.9, 8.8.8.8, {0}, 127.0.0.1")]
    [InlineData("nobody, {0}")]
    [InlineData("{0}, ")]
    [InlineData("{0}:5555")]
    [InlineData("::ffff:{0}")]
    [InlineData("[::ffff:{0}]:443")]
    [InlineData("9.9.9.9, ::ffff:{0}")]
    public async Task Of_what_a_trusted_proxy_says_the_rightmost_address_that_is_not_trusted_counts(string forwardedFor)
    {
        var address = Callers.NewAddress();
        var bystander = await LeftOfAsync("9.9.9.9");

        Assert.Equal(Full, await LeftOfAsync(Fill(forwardedFor, address)));

        Assert.Equal(Full - 1, await LeftOfAsync($"{address}"));
        Assert.Equal(bystander - 1, await LeftOfAsync("9.9.9.9"));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("9.9.9.9, nobody")]
    [InlineData("9.9.9.9, 1.2.3.4.5")]
    [InlineData("9.9.9.9, 1.2.3.4:99999")]
    public async Task What_a_trusted_proxy_says_and_nobody_understands_makes_it_the_proxys_own(string forwardedFor)
    {
        var before = await LeftOfAsync("127.0.0.1");

        Assert.Equal(before - 1, await LeftOfAsync(forwardedFor));

        Assert.Equal(before - 2, await LeftOfAsync("127.0.0.1"));
    }

    [Fact]
    public async Task All_addresses_of_an_IPv6_network_of_64_bits_are_one_caller()
    {
        var granted = 0;
        for (var host = 1; host <= 1000; host++)
        {
            using var caller = counting.Callers.Behind($"2001:db8:7:7:{host * 61:x}:{host:x}:0:{host:x}");
            granted += await Callers.CountAsync(caller, 1);
        }

        Assert.Equal(Full, granted);
        Assert.Equal(Full, await LeftOfAsync("2001:db8:7:8::1"));
    }

    private static IPAddress NewStranger() => new([127, 7, 7, (byte)Interlocked.Increment(ref _stranger)]);

    private static string Fill(string text, IPAddress address) =>
        string.Format(CultureInfo.InvariantCulture, text, address);

    private static string LongList(IPAddress address) => string.Join(", ", Enumerable.Repeat($"{address}", 900));

    /// <summary>What this caller has before one request, which it takes to find out.</summary>
    private async Task<int> LeftOfAsync(string forwardedFor)
    {
        using var caller = counting.Callers.Behind(forwardedFor);
        using var answer = await caller.GetAsync("/nothing");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        return Callers.LeftOf(answer, "address")!.Value + 1;
    }

    private async Task<RawAnswer> SendAsync(IPAddress from, string headers)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(counting.Service.Public);
        var request = $"GET /nothing HTTP/1.1\r\nHost: localhost\r\n{headers}\r\nConnection: close\r\n\r\n";
        await socket.SendAsync(Encoding.Latin1.GetBytes(request));
        return (await Raw.ReadAsync(socket, TimeSpan.FromSeconds(20))).Only;
    }
}
