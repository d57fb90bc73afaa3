using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AnimeSync.BlackBox.Tests.Infrastructure;

/// <summary>The classes in it share one service and take turns, so that what AniList was asked is theirs alone.</summary>
[CollectionDefinition(Name)]
public sealed class ProxiedServiceUsers : ICollectionFixture<ProxiedService>
{
    public const string Name = "proxied service";
}

/// <summary>A service whose sandbox is asked by nobody else, with a signed-in client and an eye on the sandbox.</summary>
public sealed partial class ProxiedService : IAsyncLifetime
{
    private HttpClient _control = null!;

    public Service Service { get; private set; } = null!;

    /// <summary>An access token of the sandbox's user rin.</summary>
    public string AccessToken { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Service = await Service.StartAsync();
        AccessToken = (await Service.SignInAsync()).AccessToken;
        Client = Service.CreateClient(AccessToken);
        _control = new() { BaseAddress = Service.Sandbox };
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        Client.Dispose();
        await Service.DisposeAsync();
    }

    public Task ForgetRequestsAsync() => _control.DeleteAsync("/_sandbox/journal");

    /// <summary>What the sandbox was asked since it was told to forget.</summary>
    public async Task<IReadOnlyList<JsonElement>> RequestsAsync()
    {
        var journal = await _control.GetFromJsonAsync<JsonElement>("/_sandbox/journal");
        return [.. journal.GetProperty("requests").EnumerateArray()];
    }

    public Task PlayFaultAsync(string kind) =>
        _control.PostAsJsonAsync(
            "/_sandbox/faults",
            new
            {
                match = "*",
                kind,
                times = 1,
            }
        );

    public Task<HttpResponseMessage> PostAsync(string body) => PostAsync(Encoding.UTF8.GetBytes(body));

    public async Task<HttpResponseMessage> PostAsync(byte[] body, string? contentType = "application/json")
    {
        using var content = new ByteArrayContent(body);
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return await Client.PostAsync("/graphql", content);
    }

    /// <summary>Refused in both of the endpoint's shapes, without a word too much, and without asking AniList.</summary>
    public async Task AssertRefusedAsync(HttpResponseMessage answer, int status, string slug)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {body}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal($"/problems/{slug}", problem.GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Null, problem.GetProperty("data").ValueKind);
        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal(status, error.GetProperty("status").GetInt32());
        Assert.DoesNotMatch(Leak(), body);
        Assert.Empty(await RequestsAsync());
        await Service.AssertAliveAsync();
    }

    /// <summary>What no answer may hold: the inside of the service, or hints at AniList's schema.</summary>
    [GeneratedRegex(@"(at \w+\.|Npgsql|Exception|/src/|/home/|10\.\d+\.|SELECT|eyJ|[Dd]id you mean|sekrit)")]
    public static partial Regex Leak();
}
