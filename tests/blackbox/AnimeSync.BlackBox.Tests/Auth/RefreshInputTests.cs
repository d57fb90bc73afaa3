using System.Buffers.Text;
using System.Text;
using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Auth;

public sealed class RefreshInputTests(SharedService shared)
{
    private const string Form = "grant_type=refresh_token&client_id=animesync-mobile";

    private readonly Service _service = shared.Service;

    private SignInFlow Flow => new(_service.Address);

    public static TheoryData<string, string> Malformed =>
        new()
        {
            { "", "refresh-invalid" },
            { "&refresh_token", "refresh-invalid" },
            { "&refresh_token=", "refresh-invalid" },
            { "&refresh_token=x", "refresh-invalid" },
            { "&refresh_token=0", "refresh-invalid" },
            { "&refresh_token=-1", "refresh-invalid" },
            { "&refresh_token=null", "refresh-invalid" },
            { "&refresh_token=%E3%82%A2%E3%83%8B%E3%83%A1", "refresh-invalid" },
            { "&refresh_token=%F0%9F%8D%A5", "refresh-invalid" },
            { "&refresh_token=%FF%FE", "refresh-invalid" },
            { "&refresh_token=%ED%A0%80", "refresh-invalid" },
            { "&refresh_token='%20OR%201=1--", "refresh-invalid" },
            { "&refresh_token='%3B%20DROP%20TABLE%20sessions%3B--", "refresh-invalid" },
            { $"&refresh_token={new string('A', 69)}", "refresh-invalid" },
            { $"&refresh_token={new string('A', 70)}", "refresh-invalid" },
            { $"&refresh_token={new string('_', 70)}", "refresh-invalid" },
            { $"&refresh_token={new string('=', 70)}", "refresh-invalid" },
            { $"&refresh_token={new string('+', 70)}", "refresh-invalid" },
            { $"&refresh_token={new string('A', 10 * 1024)}", "refresh-invalid" },
            { "&refresh_token=asw_12345678_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "refresh-invalid" },
            { "&refresh_token[]=x", "refresh-invalid" },
            { "&refresh_token=a%00b", "malformed-request" },
            { "&refresh_token=x&refresh_token=y", "malformed-request" },
            { "&refresh_token=x&refresh%5Ftoken=x", "malformed-request" },
            { $"&refresh_token={new string('A', 17 * 1024)}", "malformed-request" },
        };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task What_is_no_refresh_token_is_refused_without_an_error_in_the_database(string rest, string problem)
    {
        var body = Form + rest;

        var answer = (
            await _service.SendAsync(
                "POST /auth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + $"Content-Length: {Encoding.ASCII.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}"
            )
        ).Only;

        Assert.Equal(400, answer.Status);
        Assert.Contains($"\"problem\":\"{problem}\"", answer.Body);
        Assert.Contains(problem == "refresh-invalid" ? "\"invalid_grant\"" : "\"invalid_request\"", answer.Body);
        Assert.DoesNotContain("did not serve a request", _service.Output);
        Assert.DoesNotContain("failed unexpectedly", _service.Output);
        await _service.AssertAliveAsync();
    }

    [Fact]
    public async Task One_client_cannot_use_what_another_kind_of_client_was_given()
    {
        var mobile = await _service.SignInAsync();
        var browser = await _service.SignInAsync("rin", SignInFlow.Spa);
        var (name, cookie) = browser.Cookie!.Split('=', 2) is [var left, var right] ? (left, right) : default;

        await RefreshAssert.RefusedAsync(await Flow.RefreshAsync(cookie), "refresh-invalid");
        await RefreshAssert.RefusedAsync(
            await Flow.RefreshByCookieAsync($"{name}={mobile.RefreshToken}"),
            "refresh-invalid"
        );
        await RefreshAssert.RefusedAsync(
            await Flow.PostAsync(
                ("grant_type", "refresh_token"),
                ("client_id", SignInFlow.Spa),
                ("refresh_token", mobile.RefreshToken!)
            ),
            "malformed-request",
            "invalid_request"
        );

        await RefreshAssert.AliveAsync(_service, mobile.Session(), counter: 0);
        await RefreshAssert.AliveAsync(_service, browser.Session(), counter: 0);
    }

    [Fact]
    public async Task No_other_token_and_no_splice_of_two_serves_as_a_refresh_token()
    {
        var mine = await _service.SignInAsync();
        var theirs = await _service.SignInAsync("mika");
        var (me, them) = (Decode(mine.RefreshToken!), Decode(theirs.RefreshToken!));
        var counted = me.ToArray();
        counted[19]++;

        foreach (
            var token in new[]
            {
                mine.AccessToken,
                mine.AccessToken.Split('.')[2],
                Base64Url.EncodeToString([.. them[..20], .. me[20..]]),
                Base64Url.EncodeToString([.. me[..20], .. them[20..]]),
                Base64Url.EncodeToString(counted),
                Base64Url.EncodeToString([.. me[..16], 0xFF, 0xFF, 0xFF, 0xFF, .. me[20..]]),
                Base64Url.EncodeToString([.. me[..16], 0x7F, 0xFF, 0xFF, 0xFF, .. me[20..]]),
                Base64Url.EncodeToString([.. Guid.NewGuid().ToByteArray(bigEndian: true), .. me[16..]]),
                $"{mine.RefreshToken}=",
                $"{mine.RefreshToken}%0A",
                $" {mine.RefreshToken}",
            }
        )
        {
            await RefreshAssert.RefusedAsync(await Flow.RefreshAsync(token), "refresh-invalid");
        }

        await RefreshAssert.AliveAsync(_service, mine.Session(), counter: 0);
        await RefreshAssert.AliveAsync(_service, theirs.Session(), counter: 0);
        Assert.Equal(
            1,
            (await SignInFlow.TokensAsync(await Flow.RefreshAsync(mine.RefreshToken!)))
                .Claims.GetProperty("ctr")
                .GetInt32()
        );
    }

    private static byte[] Decode(string token) => Base64Url.DecodeFromChars(token);
}
