using System.Text;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Auth;

/// <summary>Every token here is signed with the right key: only what it says is wrong.</summary>
public sealed class AccessTokenClaimTests(SharedService shared)
{
    private static readonly Dictionary<string, Func<ForgedToken, string>> _expired = new()
    {
        ["exp 31 seconds ago"] = token => token.WithClaim("exp", In(-31)),
        ["exp 4 minutes ago"] = token => token.WithClaim("exp", In(-240)),
        ["exp -1"] = token => token.WithClaim("exp", "-1"),
        ["exp 0"] = token => token.WithClaim("exp", "0"),
    };

    private static readonly Dictionary<string, Func<ForgedToken, string>> _invalid = new()
    {
        ["nbf in 4 minutes"] = token => token.WithClaim("nbf", In(240)),
        ["nbf in a day"] = token => token.WithClaim("nbf", In(86_400)),
        ["iat in 4 minutes"] = token => token.WithClaim("iat", In(240)),
        ["iat in a day"] = token => token.WithClaim("iat", In(86_400)),
        ["iat and nbf in 4 minutes"] = token =>
            token.WithPayload(claims =>
                (claims["iat"], claims["nbf"]) = (long.Parse(In(240), null), long.Parse(In(240), null))
            ),
        ["no iat"] = token => token.WithPayload(claims => claims.Remove("iat")),
        ["no nbf"] = token => token.WithPayload(claims => claims.Remove("nbf")),
        ["no exp"] = token => token.WithPayload(claims => claims.Remove("exp")),
        ["exp null"] = token => token.WithClaim("exp", "null"),
        ["exp a string"] = token => token.WithClaim("exp", "\"9999999999\""),
        ["exp 1e20"] = token => token.WithClaim("exp", "1e20"),
        ["exp with an exponent"] = token => token.WithClaim("exp", "9999999999e0"),
        ["exp a fraction"] = token => token.WithClaim("exp", "9999999999.5"),
        ["exp beyond 64 bits"] = token => token.WithClaim("exp", "99999999999999999999"),
        ["exp an array"] = token => token.WithClaim("exp", "[9999999999]"),
        ["exp true"] = token => token.WithClaim("exp", "true"),
        ["another iss"] = token => token.WithClaim("iss", "\"https://evil.example\""),
        ["no iss"] = token => token.WithPayload(claims => claims.Remove("iss")),
        ["iss an array"] = token => token.WithClaim("iss", $"[\"{token.Service.Settings["PUBLIC_URL"]}\"]"),
        ["iss with a slash"] = token => token.WithClaim("iss", $"\"{token.Service.Settings["PUBLIC_URL"]}/\""),
        ["iss in capitals"] = token =>
            token.WithClaim("iss", $"\"{token.Service.Settings["PUBLIC_URL"]!.ToUpperInvariant()}\""),
        ["another aud"] = token => token.WithClaim("aud", "\"evil\""),
        ["no aud"] = token => token.WithPayload(claims => claims.Remove("aud")),
        ["aud in an array"] = token => token.WithClaim("aud", "[\"animesync\"]"),
        ["aud among others"] = token => token.WithClaim("aud", "[\"animesync\",\"evil\"]"),
        ["aud in capitals"] = token => token.WithClaim("aud", "\"ANIMESYNC\""),
        ["an unknown claim"] = token => token.WithClaim("admin", "true"),
        ["no sub"] = token => token.WithPayload(claims => claims.Remove("sub")),
        ["sub no id"] = token => token.WithClaim("sub", "\"' OR 1=1--\""),
        ["sub a number"] = token => token.WithClaim("sub", "1"),
        ["no sid"] = token => token.WithPayload(claims => claims.Remove("sid")),
        ["no jti"] = token => token.WithPayload(claims => claims.Remove("jti")),
        ["ctr a string"] = token => token.WithClaim("ctr", "\"0\""),
        ["sub twice"] = token => Raw(token, $"{token.Payload[..^1]},\"sub\":\"{Guid.NewGuid()}\"}}"),
        ["sub twice, ours last"] = token => Raw(token, $"{{\"sub\":\"{Guid.NewGuid()}\",{token.Payload[1..]}"),
        ["sub twice, once escaped"] = token =>
            Raw(token, $"{token.Payload[..^1]},\"s\\u0075b\":\"{Guid.NewGuid()}\"}}"),
        ["exp twice"] = token => Raw(token, $"{token.Payload[..^1]},\"exp\":9999999999}}"),
        ["nested a thousand deep"] = token => token.WithClaim("jti", $"{new string('[', 1000)}{new string(']', 1000)}"),
        ["a lone high surrogate"] = token => token.WithClaim("jti", "\"\\ud800\""),
        ["a lone low surrogate"] = token => token.WithClaim("client_id", "\"\\udc00\""),
        ["a lone surrogate in a name"] = token => token.WithClaim("\\ud800", "1"),
        ["invalid UTF-8"] = token => WithBytes(token, [0xC3, 0x28]),
        ["overlong UTF-8"] = token => WithBytes(token, [0xC0, 0xAF]),
        ["a surrogate in UTF-8"] = token => WithBytes(token, [0xED, 0xA0, 0x80]),
        ["a byte order mark"] = token => Raw(token, $"\uFEFF{token.Payload}"),
        ["UTF-16"] = token =>
            token.Signed(Encoding.UTF8.GetBytes(token.Header), Encoding.Unicode.GetBytes(token.Payload)),
        ["a payload null"] = token => Raw(token, "null"),
        ["a payload array"] = token => Raw(token, $"[{token.Payload}]"),
        ["a payload string"] = token => Raw(token, "\"sub\""),
        ["an empty payload"] = token => Raw(token, string.Empty),
        ["an empty object"] = token => Raw(token, "{}"),
        ["two objects"] = token => Raw(token, $"{token.Payload}{token.Payload}"),
        ["a comment in the payload"] = token => Raw(token, $"{token.Payload[..^1]}/**/}}"),
        ["a comma too many"] = token => Raw(token, $"{token.Payload[..^1]},}}"),
        ["20 KB"] = token => token.WithClaim("jti", $"\"{new string('x', 20_000)}\""),
        ["just over 4 KB"] = token => token.WithClaim("jti", $"\"{new string('x', 4096)}\""),
    };

    private readonly Service _service = shared.Service;

    public static TheoryData<string> Expired => [.. _expired.Keys];

    public static TheoryData<string> Invalid => [.. _invalid.Keys];

    [Theory]
    [MemberData(nameof(Expired))]
    public Task A_token_past_its_end_is_refused_as_expired(string forgery) =>
        AssertRefusedAsync(_expired[forgery], "token-expired");

    [Theory]
    [MemberData(nameof(Invalid))]
    public Task A_well_signed_token_that_says_anything_else_than_ours_is_refused(string forgery) =>
        AssertRefusedAsync(_invalid[forgery], "token-invalid");

    private async Task AssertRefusedAsync(Func<ForgedToken, string> forge, string slug)
    {
        var genuine = await shared.AccessToken;
        await AccessTokenRefusal.AssertRefusedAsync(_service, forge(new(genuine, _service)), genuine, slug);
    }

    private static string In(int seconds) =>
        $"{TimeProvider.System.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds()}";

    private static string Raw(ForgedToken token, string payload) => token.Signed(token.Header, payload);

    /// <summary>The genuine claims with these bytes as the text of `jti`.</summary>
    private static string WithBytes(ForgedToken token, byte[] bytes)
    {
        var payload = ForgedToken.Changed(token.Payload, claims => claims["jti"] = "*");
        var at = payload.IndexOf('*', StringComparison.Ordinal);
        return token.Signed(
            Encoding.UTF8.GetBytes(token.Header),
            [.. Encoding.UTF8.GetBytes(payload[..at]), .. bytes, .. Encoding.UTF8.GetBytes(payload[(at + 1)..])]
        );
    }
}
