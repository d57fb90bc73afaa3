using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Control;

internal static class ControlCalls
{
    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    public static Task<HttpResponseMessage> DeleteTokensAsync(this SandboxFixture sandbox, string user) =>
        sandbox.Http.DeleteAsync($"/_sandbox/users/{user}/tokens");

    public static Task SetClockAsync(this SandboxFixture sandbox, DateTimeOffset now) =>
        sandbox.SetClockAsync(now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));

    public static async Task SetClockAsync(this SandboxFixture sandbox, string instant)
    {
        using var answer = await sandbox.Http.PutAsync("/_sandbox/clock", Json($$"""{"now":{{instant}}}"""));
        answer.EnsureSuccessStatusCode();
    }

    public static async Task AdvanceAsync(this SandboxFixture sandbox, int seconds)
    {
        using var answer = await sandbox.Http.PostAsJsonAsync("/_sandbox/clock/advance", new { seconds });
        answer.EnsureSuccessStatusCode();
    }

    public static async Task<DateTimeOffset> ClockAsync(this SandboxFixture sandbox) =>
        (await sandbox.Http.GetFromJsonAsync<JsonElement>("/_sandbox/clock")).GetProperty("now").GetDateTimeOffset();

    public static Task<HttpResponseMessage> SetLimitsAsync(this SandboxFixture sandbox, string settings) =>
        sandbox.Http.PutAsync("/_sandbox/limits", Json(settings));
}
