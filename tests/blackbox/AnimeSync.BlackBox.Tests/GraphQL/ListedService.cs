using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnimeSync.BlackBox.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AnimeSync.BlackBox.Tests.GraphQL;

/// <summary>One request as it arrived upstream.</summary>
public sealed record UpstreamRequest(IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>A service that sends listed documents only, and everything it sends upstream, byte for byte.</summary>
public sealed class ListedService : IAsyncLifetime
{
    // Names the viewer, so that it goes upstream as it is: neither shared with others nor folded into one document.
    public const string Search = "query S($s:String){Viewer{id} Page(perPage:1){media(search:$s){id}}}\n";
    public const string Viewer = "{Viewer{name}}\n";

    private readonly ConcurrentQueue<UpstreamRequest> _upstream = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("animesync-listed-").FullName;
    private readonly HttpClient _sandbox = new();
    private WebApplication _recorder = null!;

    public Service Service { get; private set; } = null!;

    /// <summary>Of the sandbox's user rin.</summary>
    public string AccessToken { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public IReadOnlyCollection<UpstreamRequest> Upstream => _upstream;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "search.graphql"), Search);
        await File.WriteAllTextAsync(Path.Combine(_folder, "viewer.graphql"), Viewer);
        _recorder = await StartRecorderAsync();
        Service = await Service.StartAsync(
            new Dictionary<string, string?>
            {
                ["ANILIST_GRAPHQL_URL"] = _recorder.Urls.First(),
                ["GRAPHQL_PERSISTED_OPERATIONS"] = _folder,
                ["GRAPHQL_PERSISTED_ONLY"] = "true",
            }
        );
        AccessToken = (await Service.SignInAsync()).AccessToken;
        Client = Service.CreateClient(AccessToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Service.DisposeAsync();
        await _recorder.DisposeAsync();
        _sandbox.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public void ForgetRequests() => _upstream.Clear();

    public static string HashOf(string document) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));

    /// <summary>The value of `extensions` that names a document.</summary>
    public static string Naming(string document) =>
        JsonSerializer.Serialize(new { persistedQuery = new { version = 1, sha256Hash = HashOf(document) } });

    public Task<HttpResponseMessage> PostAsync(string body) =>
        Client.PostAsync("/graphql", new StringContent(body, Encoding.UTF8, "application/json"));

    public Task<HttpResponseMessage> GetAsync(string document, string? variables = null) =>
        Client.GetAsync(
            $"/graphql?extensions={Uri.EscapeDataString(Naming(document))}"
                + (variables is null ? string.Empty : $"&variables={Uri.EscapeDataString(variables)}")
        );

    private async Task<WebApplication> StartRecorderAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var recorder = builder.Build();
        recorder.Urls.Add("http://127.0.0.1:0");
        recorder.MapPost("/", PassOnAsync);
        await recorder.StartAsync();
        return recorder;
    }

    private async Task PassOnAsync(HttpContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        _upstream.Enqueue(new(request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()), body));

        using var message = new HttpRequestMessage(HttpMethod.Post, Service.Sandbox);
        message.Content = new StringContent(body, Encoding.UTF8, "application/json");
        message.Headers.Authorization = AuthenticationHeaderValue.TryParse(
            request.Headers.Authorization,
            out var authorization
        )
            ? authorization
            : null;
        message.Headers.TryAddWithoutValidation("Referer", request.Headers.Referer.ToString());
        message.Headers.TryAddWithoutValidation("User-Agent", request.Headers.UserAgent.ToString());
        using var answer = await _sandbox.SendAsync(message);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = "application/json";
        await answer.Content.CopyToAsync(context.Response.Body);
    }
}
