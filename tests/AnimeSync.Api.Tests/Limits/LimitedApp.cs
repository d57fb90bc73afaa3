using System.Net;
using System.Net.Sockets;
using AnimeSync.Api.Limits;
using AnimeSync.Api.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using RedisRateLimiting.Tests.Infrastructure;

namespace AnimeSync.Api.Tests.Limits;

/// <summary>The service with small limits and, where the run has Redis at all, a Redis of its own.</summary>
public sealed class LimitedApp : IAsyncLifetime
{
    public const int PerMinute = 24;
    public const int AddressLimit = 60;
    public const int AuthLimit = 4;

    private static int _lastAddress;

    public TestApp App { get; } = new() { Configure = BePatient };

    public RedisServer? Redis { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string?> { ["RATE_LIMIT_PER_MINUTE"] = $"{PerMinute}" };
        if (Environment.GetEnvironmentVariable("TEST_REDIS_URL") is { Length: > 0 })
        {
            Redis = await new RedisServer().StartAsync();
            settings["REDIS_URL"] = $"redis://{Redis.Address}";
            settings["ANIMESYNC_PROCESSES"] = "2";
        }

        await App.StartAsync(settings);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Redis?.Dispose();
    }

    /// <summary>A client at a loopback address that nobody else has.</summary>
    public HttpClient NewNeighbour(Uri? server = null, string? accessToken = null)
    {
        var number = Interlocked.Increment(ref _lastAddress);
        return At(new([127, 9, (byte)(number / 250), (byte)(number % 250 + 1)]), server, accessToken);
    }

    public HttpClient At(IPAddress address, Uri? server = null, string? accessToken = null) =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectCallback = async (context, cancellationToken) =>
                {
                    var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                    socket.Bind(new IPEndPoint(address, 0));
                    await socket.ConnectAsync(
                        new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port),
                        cancellationToken
                    );
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        )
        {
            BaseAddress = server ?? App.Address,
            DefaultRequestHeaders = { Authorization = accessToken is null ? null : new("Bearer", accessToken) },
        };

    public async Task<(WebApplication Replica, Uri Address)> StartReplicaAsync()
    {
        var settings = App.ReplicaSettings();
        return (await TestApp.StartReplicaAsync(settings, BePatient), new($"http://{settings["LISTEN_PUBLIC"]}"));
    }

    /// <summary>Patient with Redis: what is tested is the counting, and the machine may be busy.</summary>
    private static void BePatient(WebApplicationBuilder builder)
    {
        var limits = builder.Services.Select(service => service.ImplementationInstance).OfType<LimitOptions>().Single();
        builder.Services.AddSingleton(limits with { RedisCap = TimeSpan.FromSeconds(20) });
    }
}
