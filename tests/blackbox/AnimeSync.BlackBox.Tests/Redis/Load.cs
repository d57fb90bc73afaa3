using System.Collections.Concurrent;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Redis;

/// <summary>Users and strangers who go on asking while something breaks; each waits at most four seconds.</summary>
internal sealed class Load : IAsyncDisposable
{
    private static readonly int[] _good = [200, 400, 404, 429];

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private readonly Task _all;

    public Load(LimitedService limited, string accessToken) =>
        _all = Task.WhenAll(
            AskAsync(limited, "/api/v1/me", accessToken),
            AskAsync(limited, "/nothing"),
            AskAsync(limited, "/auth/authorize"),
            AskAsync(limited, "/nothing")
        );

    /// <summary>Ends the load: everybody was answered, and by nothing worse than a limit.</summary>
    public async Task AssertServedAsync()
    {
        await _stop.CancelAsync();
        await _all;
        Assert.All(_statuses.Keys, status => Assert.Contains(status, _good));
        // A user who has used up a minute gets 429; strangers come from new addresses all the time.
        Assert.True(_statuses.GetValueOrDefault(200) + _statuses.GetValueOrDefault(429) > 0);
        Assert.True(_statuses.GetValueOrDefault(404) > 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_all);
        _stop.Dispose();
    }

    private async Task AskAsync(LimitedService limited, string path, string? accessToken = null)
    {
        using var client = limited.Service.CreateClient(accessToken);
        client.Timeout = TimeSpan.FromSeconds(4);
        for (var number = 0; !_stop.IsCancellationRequested; number++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (number % 10 != 0)
            {
                request.Headers.Add("X-Forwarded-For", $"{Callers.NewAddress()}");
            }

            using var answer = await client.SendAsync(request);
            _statuses.AddOrUpdate((int)answer.StatusCode, 1, static (_, count) => count + 1);
            await Task.Delay(10);
        }
    }
}
