using System.Net.Http.Json;
using System.Text.Json;
using AnimeSync.Api.Tests.Infrastructure;

namespace AnimeSync.Api.Tests.Anime;

/// <summary>A service whose clock can be put forward, and what its sandbox was asked.</summary>
public sealed class AnimeApp : IAsyncLifetime
{
    private HttpClient _control = null!;

    public TestApp App { get; } = new() { Configure = builder => builder.UseShiftedTime() };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await App.InitializeAsync();
        _control = new() { BaseAddress = App.Sandbox };
    }

    public Task AdvanceAsync(TimeSpan by) => App.Service.AdvanceAsync(by);

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
}
