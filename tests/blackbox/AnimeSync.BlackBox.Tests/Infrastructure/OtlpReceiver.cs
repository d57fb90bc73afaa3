using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AnimeSync.BlackBox.Tests.Infrastructure;

/// <summary>Takes whatever is posted to it and keeps it, headers first, as text.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string Text)> _received = new();

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(KeepAsync);
    }

    public Uri Address => new(_app.Urls.First());

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Everything that came to one path. Protocol buffers keep their strings readable.</summary>
    public string At(string path) =>
        string.Join('\n', _received.Where(request => request.Path == path).Select(request => request.Text));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task KeepAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.Select(header => $"{header.Key}: {header.Value}");
        _received.Enqueue(
            (context.Request.Path, $"{string.Join('\n', headers)}\n{Encoding.Latin1.GetString(body.ToArray())}")
        );
    }
}
