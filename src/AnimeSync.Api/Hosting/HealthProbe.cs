using System.Net;

namespace AnimeSync.Api.Hosting;

/// <summary>Asks the service on this machine whether it is ready: the health check of an image without shell or curl.</summary>
internal static class HealthProbe
{
    // Below the time limits that container engines give a health check.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    public static async Task<bool> RunAsync(IPEndPoint listener)
    {
        var address =
            listener.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : listener.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : listener.Address;
        using var client = new HttpClient { Timeout = _patience };
        try
        {
            using var answer = await client.GetAsync(
                new Uri($"http://{new IPEndPoint(address, listener.Port)}/readyz")
            );
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
