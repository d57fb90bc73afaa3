using System.Net;
using System.Net.Sockets;
using System.Text;
using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Auth;

/// <summary>RFC 8725 §3.10 and §3.11: nothing in a header is trusted, and a token of another kind is no access token.</summary>
public sealed class AccessTokenHeaderTests(SharedService shared)
{
    private static readonly Dictionary<string, Func<ForgedToken, string>> _forgeries = new()
    {
        ["kid a path"] = token => token.WithHeaderMember("kid", "\"../../dev/null\""),
        ["kid an SQL text"] = token => token.WithHeaderMember("kid", "\"' OR 1=1--\""),
        ["kid of 3 KB"] = token => token.WithHeaderMember("kid", $"\"{new string('k', 3000)}\""),
        ["kid of 10 KB"] = token => token.WithHeaderMember("kid", $"\"{new string('k', 10_000)}\""),
        ["kid NUL"] = token => token.WithHeaderMember("kid", "\"\\u0000\""),
        ["kid with NUL behind it"] = token => token.WithHeader(header => header["kid"] = $"{header["kid"]}\0"),
        ["kid a number"] = token => token.WithHeaderMember("kid", "1"),
        ["kid an object"] = token => token.WithHeaderMember("kid", "{}"),
        ["kid null"] = token => token.WithHeaderMember("kid", "null"),
        ["kid empty"] = token => token.WithHeaderMember("kid", "\"\""),
        ["kid a URL"] = token => token.WithHeaderMember("kid", "\"http://idp.example/key\""),
        ["kid in capitals"] = token =>
            token.WithHeader(header => header["kid"] = header["kid"]!.GetValue<string>().ToUpperInvariant()),
        ["kid a lone surrogate"] = token => token.WithHeaderMember("kid", "\"\\ud800\""),
        ["no kid"] = token => token.WithHeader(header => header.Remove("kid")),
        ["kid twice"] = token => token.Signed($"{{\"kid\":\"x\",{token.Header[1..]}", token.Payload),
        ["crit of an unknown name"] = token => token.WithHeaderMember("crit", "[\"x\"]"),
        ["crit empty"] = token => token.WithHeaderMember("crit", "[]"),
        ["b64 false"] = token => token.WithHeaderMember("b64", "false"),
        ["b64 false and critical"] = token =>
            token.WithHeader(header =>
                (header["b64"], header["crit"]) = (false, new System.Text.Json.Nodes.JsonArray("b64"))
            ),
        ["zip"] = token => token.WithHeaderMember("zip", "\"DEF\""),
        ["cty JWT"] = token => token.WithHeaderMember("cty", "\"JWT\""),
        ["an unknown member"] = token => token.WithHeaderMember("x", "1"),
        ["typ JWT"] = token => token.WithHeaderMember("typ", "\"JWT\""),
        ["typ foo"] = token => token.WithHeaderMember("typ", "\"foo\""),
        ["typ a number"] = token => token.WithHeaderMember("typ", "1"),
        ["no typ"] = token => token.WithHeader(header => header.Remove("typ")),
        ["a header null"] = token => token.Signed("null", token.Payload),
        ["a header array"] = token => token.Signed($"[{token.Header}]", token.Payload),
        ["a header of nothing"] = token => token.Signed(string.Empty, token.Payload),
        ["a header a thousand deep"] = token =>
            token.WithHeaderMember("kid", $"{new string('[', 1000)}{new string(']', 1000)}"),
        ["a header of invalid UTF-8"] = token => token.Signed([0xC3, 0x28], Encoding.UTF8.GetBytes(token.Payload)),
        ["one part"] = token => token.Parts[0],
        ["two parts"] = token => $"{token.Parts[0]}.{token.Parts[1]}",
        ["four parts"] = token => $"{token.Genuine}.{token.Parts[2]}",
        ["five parts, as a JWE has"] = token => $"{token.Parts[0]}..{token.Parts[1]}.{token.Parts[2]}.{token.Parts[2]}",
        ["a JWE's header"] = token => $"{ForgedToken.Encode("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}")}..AAAA.AAAA.AAAA",
        ["dots alone"] = _ => "..",
        ["one dot"] = _ => ".",
        ["four hundred dots"] = _ => new('.', 400),
        ["letters beyond ASCII"] = token => $"{token.Genuine}\u00C3\u00A9",
    };

    private readonly Service _service = shared.Service;

    public static TheoryData<string> Forgeries => [.. _forgeries.Keys];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task No_other_header_or_shape_is_accepted(string forgery)
    {
        var genuine = await shared.AccessToken;

        await AccessTokenRefusal.AssertRefusedAsync(
            _service,
            _forgeries[forgery](new(genuine, _service)),
            genuine,
            "token-invalid"
        );
    }

    [Theory]
    [InlineData("jku", "\"{0}\"")]
    [InlineData("x5u", "\"{0}\"")]
    [InlineData("jwk", "{{\"kty\":\"oct\",\"k\":\"AAAA\",\"x5u\":\"{0}\"}}")]
    [InlineData("x5c", "[\"{0}\"]")]
    [InlineData("kid", "\"{0}\"")]
    public async Task A_key_that_a_token_brings_or_points_to_is_never_fetched(string member, string json)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var token = new ForgedToken(await shared.AccessToken, _service);
        var value = string.Format(null, json, $"http://{listener.LocalEndpoint}/keys");

        await AccessTokenRefusal.AssertRefusedAsync(
            _service,
            token.WithHeaderMember(member, value),
            token.Genuine,
            "token-invalid"
        );

        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task No_other_secret_of_a_sign_in_serves_as_an_access_token()
    {
        var flow = new SignInFlow(_service.Address);
        using var authorize = await flow.AuthorizeAsync(SignInFlow.Mobile);
        var state = SignInFlow.Query(authorize.Headers.Location!)["state"];
        var signInCookie = authorize.Headers.GetValues("Set-Cookie").First().Split(';')[0].Split('=', 2)[1];
        var code = await flow.CodeAsync("rin", SignInFlow.Mobile);
        var signedIn = await SignInFlow.TokensAsync(await flow.ExchangeAsync(code, SignInFlow.Mobile));

        foreach (var other in new[] { state, signInCookie, code, signedIn.RefreshToken! })
        {
            await AccessTokenRefusal.AssertRefusedAsync(_service, other, signedIn.AccessToken, "token-invalid");
        }
    }
}
