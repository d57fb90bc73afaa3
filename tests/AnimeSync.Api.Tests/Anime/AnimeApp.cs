using System.Net.Http.Json;
using System.Text.Json;
using AnimeSync.Api.Auth.AccessTokens;
using AnimeSync.Api.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.Api.Tests.Anime;

/// <summary>A service whose clock can be put forward, and what its sandbox was asked.</summary>
public sealed class AnimeApp : IAsyncLifetime
{
    private readonly MovedClock _clock = new();
    private HttpClient _control = null!;

    public AnimeApp() => App = new() { Configure = builder => builder.Services.AddSingleton<TimeProvider>(_clock) };

    public TestApp App { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await App.InitializeAsync();
        _control = new() { BaseAddress = App.Sandbox };
    }

    /// <summary>Returns when the process has noticed that its clock is not the database's; tokens go by that one.</summary>
    public Task AdvanceAsync(TimeSpan by)
    {
        var tokens = App.Service.Services.GetRequiredService<SharedClock>();
        _clock.Ahead += by;
        return Eventually.BecomesAsync(
            true,
            () => Task.FromResult((tokens.GetUtcNow() - TimeProvider.System.GetUtcNow()).Duration() < by / 2)
        );
    }

    /// <summary>Fifty titles that no other page of the same type has.</summary>
    public async Task<int[]> IdsAsync(int page, string type = "ANIME")
    {
        var query = $"{{Page(page:{page}){{media(type:{type},sort:[ID]){{id}}}}}}";
        using var answer = await _control.PostAsJsonAsync("/", new { query }, Cancellation);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return
        [
            .. body.GetProperty("data")
                .GetProperty("Page")
                .GetProperty("media")
                .EnumerateArray()
                .Select(media => media.GetProperty("id").GetInt32()),
        ];
    }

    public async Task<HttpClient> NewUserAsync(string name)
    {
        using var added = await _control.PostAsJsonAsync("/_sandbox/users", new { name }, Cancellation);
        added.EnsureSuccessStatusCode();
        return await App.SignedInClientAsync(name);
    }

    public async Task ForgetAsync() => await _control.DeleteAsync("/_sandbox/journal", Cancellation);

    public async Task<int> AskedAsync()
    {
        var journal = await _control.GetFromJsonAsync<JsonElement>("/_sandbox/journal", Cancellation);
        return journal.GetProperty("requests").GetArrayLength();
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await App.DisposeAsync();
    }

    private sealed class MovedClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
