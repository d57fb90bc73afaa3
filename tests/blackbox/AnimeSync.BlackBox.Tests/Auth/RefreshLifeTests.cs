using System.Net.Http.Json;
using System.Text.Json;
using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Auth;

/// <summary>Only the database's clock decides, so moving a row into the past is the same as waiting.</summary>
public sealed class RefreshLifeTests(SharedService shared)
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly Service _service = shared.Service;

    private SignInFlow Flow => new(_service.Address);

    [Fact]
    public async Task A_device_that_rests_for_thirty_days_is_signed_out_and_one_day_of_use_starts_the_count_again()
    {
        var pair = await _service.SignInAsync();
        for (var round = 0; round < 2; round++)
        {
            await RefreshAssert.AgeAsync(_service, pair.Session(), TimeSpan.FromDays(30) - _minute, "last_used_at");
            pair = await SignInFlow.TokensAsync(await Flow.RefreshAsync(pair.RefreshToken!));
        }

        await RefreshAssert.AgeAsync(_service, pair.Session(), TimeSpan.FromDays(30), "last_used_at");

        await RefreshAssert.RefusedAsync(await Flow.RefreshAsync(pair.RefreshToken!), "refresh-invalid");
        await RefreshAssert.EndedAsync(_service, pair.Session());
    }

    [Fact]
    public async Task A_browser_that_rests_for_thirty_minutes_is_signed_out_whatever_its_cookie_says()
    {
        var pair = await _service.SignInAsync("rin", SignInFlow.Spa);
        await RefreshAssert.AgeAsync(_service, pair.Session(), TimeSpan.FromMinutes(29), "last_used_at");
        pair = await SignInFlow.TokensAsync(await Flow.RefreshByCookieAsync(pair.Cookie!));
        await RefreshAssert.AgeAsync(_service, pair.Session(), TimeSpan.FromMinutes(30), "last_used_at");

        using var answer = await Flow.RefreshByCookieAsync(pair.Cookie!);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("animesync_refresh=;", cookie, StringComparison.Ordinal);
        await RefreshAssert.RefusedAsync(answer, "refresh-invalid");
        await RefreshAssert.EndedAsync(_service, pair.Session());
    }

    [Fact]
    public async Task Rotation_never_extends_the_absolute_life_and_no_access_token_outlives_it()
    {
        var pair = await _service.SignInAsync();
        await RefreshAssert.AgeAsync(
            _service,
            pair.Session(),
            TimeSpan.FromDays(90) - TimeSpan.FromMinutes(5),
            "created_at"
        );

        using var answer = await Flow.RefreshAsync(pair.RefreshToken!);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.InRange(body.GetProperty("expires_in").GetInt32(), 200, 300);

        await RefreshAssert.AgeAsync(_service, pair.Session(), TimeSpan.FromMinutes(5), "created_at");
        await RefreshAssert.RefusedAsync(
            await Flow.RefreshAsync(body.GetProperty("refresh_token").GetString()!),
            "refresh-invalid"
        );
        await RefreshAssert.EndedAsync(_service, pair.Session());
    }
}
