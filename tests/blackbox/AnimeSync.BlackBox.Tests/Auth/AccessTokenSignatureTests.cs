using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Auth;

/// <summary>RFC 8725 §3.1 and §3.2: one algorithm, one key, one spelling of the result.</summary>
public sealed class AccessTokenSignatureTests(SharedService shared)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly Dictionary<string, Func<ForgedToken, string>> _forgeries = new()
    {
        ["alg none, no signature"] = token => Unsigned(token, "\"none\""),
        ["alg None, no signature"] = token => Unsigned(token, "\"None\""),
        ["alg NONE, no signature"] = token => Unsigned(token, "\"NONE\""),
        ["alg nOnE, no signature"] = token => Unsigned(token, "\"nOnE\""),
        ["alg null, no signature"] = token => Unsigned(token, "null"),
        ["alg none, right signature"] = token => token.WithHeaderMember("alg", "\"none\""),
        ["alg hs256 in small letters"] = token => token.WithHeaderMember("alg", "\"hs256\""),
        ["alg twice"] = token => token.Signed($"{{\"alg\":\"none\",{token.Header[1..]}", token.Payload),
        ["no alg, no signature"] = token =>
            $"{ForgedToken.Encode(ForgedToken.Changed(token.Header, header => header.Remove("alg")))}.{token.Parts[1]}.",
        ["no alg, right signature"] = token => token.WithHeader(header => header.Remove("alg")),
        ["HS384 with the right key"] = token => WithAlgorithm(token, "HS384", HMACSHA384.HashData),
        ["HS512 with the right key"] = token => WithAlgorithm(token, "HS512", HMACSHA512.HashData),
        ["HS512 called HS256"] = token => WithAlgorithm(token, "HS256", HMACSHA512.HashData),
        ["HS256 cut to 128 bits"] = token =>
            WithAlgorithm(token, "HS256", (key, text) => HMACSHA256.HashData(key, text)[..16]),
        ["RS256 with the secret as HMAC key"] = token => WithAlgorithm(token, "RS256", HMACSHA256.HashData),
        ["RS256 with a random signature"] = token => WithAlgorithm(token, "RS256", (_, _) => Random(256)),
        ["ES256 with a random signature"] = token => WithAlgorithm(token, "ES256", (_, _) => Random(64)),
        ["EdDSA with a random signature"] = token => WithAlgorithm(token, "EdDSA", (_, _) => Random(64)),
        ["PS256 with a random signature"] = token => WithAlgorithm(token, "PS256", (_, _) => Random(256)),
        // CVE-2022-21449: an ECDSA signature of zeros.
        ["ES256 with a signature of zeros"] = token => WithAlgorithm(token, "ES256", (_, _) => new byte[64]),
        ["the signature's last byte flipped"] = token => Flipped(token, part: 2),
        ["the payload's last byte flipped"] = token => Flipped(token, part: 1),
        ["the header's last byte flipped"] = token => Flipped(token, part: 0),
        ["the signature removed"] = token => $"{token.Parts[0]}.{token.Parts[1]}.",
        ["another token's signature"] = token =>
            $"{token.Parts[0]}.{token.Parts[1]}.{token.WithClaim("ctr", "7").Split('.')[2]}",
        ["a signature of zeros"] = token => $"{token.Parts[0]}.{token.Parts[1]}.{new string('A', 43)}",
        ["padding after the signature"] = token => $"{token.Genuine}=",
        ["padding after the payload"] = token => $"{token.Parts[0]}.{token.Parts[1]}=.{token.Parts[2]}",
        ["an escaped newline after the signature"] = token => $"{token.Genuine}%0A",
        ["a space before the signature"] = token => $"{token.Parts[0]}.{token.Parts[1]}. {token.Parts[2]}",
        ["a tab inside the signature"] = token => $"{token.Genuine[..^5]}\t{token.Genuine[^5..]}",
        ["a space and more after the signature"] = token => $"{token.Genuine} x",
        ["standard base64 for the signature"] = StandardBase64,
        ["other unused bits at the end"] = token =>
            $"{token.Genuine[..^1]}{Alphabet[Alphabet.IndexOf(token.Genuine[^1]) + 1]}",
        ["an empty key"] = token => token.Signed(token.Header, token.Payload, []),
        ["the key 'secret'"] = token => SignedWith(token, "secret"),
        ["the key 'changeme'"] = token => SignedWith(token, "changeme"),
        ["the name of the setting as key"] = token => SignedWith(token, "JWT_SECRET_KEY"),
        ["the AniList client secret as key"] = token =>
            SignedWith(token, token.Service.Settings["ANILIST_CLIENT_SECRET"]!),
        ["the key ring's root as key"] = token => SignedWith(token, token.Service.Settings["SECRET_KEY"]!),
        ["the key id as key"] = token =>
            SignedWith(token, System.Text.Json.Nodes.JsonNode.Parse(token.Header)!["kid"]!.GetValue<string>()),
        ["the key's decoded bytes as key"] = token =>
            token.Signed(
                token.Header,
                token.Payload,
                Convert.FromBase64String(token.Service.Settings["JWT_SECRET_KEY"]!)
            ),
        ["the key with a newline, as `echo` writes it"] = token =>
            SignedWith(token, $"{token.Service.Settings["JWT_SECRET_KEY"]}\n"),
    };

    private readonly Service _service = shared.Service;

    public static TheoryData<string> Forgeries => [.. _forgeries.Keys];

    /// <summary>Without this the refusals below would prove nothing.</summary>
    [Fact]
    public async Task A_token_signed_by_hand_with_the_right_key_is_accepted()
    {
        var token = new ForgedToken(await shared.AccessToken, _service);
        var own = token.WithClaim("jti", "\"by hand\"");

        Assert.Equal(token.Genuine, token.Signed(token.Header, token.Payload));
        Assert.Equal(200, (await AccessTokenRefusal.AskWithTokenAsync(_service, own)).Status);
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task No_other_algorithm_key_or_spelling_is_accepted(string forgery)
    {
        var genuine = await shared.AccessToken;

        await AccessTokenRefusal.AssertRefusedAsync(
            _service,
            _forgeries[forgery](new(genuine, _service)),
            genuine,
            "token-invalid"
        );
    }

    private static string Unsigned(ForgedToken token, string algorithm) =>
        $"{token.WithHeaderMember("alg", algorithm).Split('.')[0]}.{token.Parts[1]}.";

    private static string SignedWith(ForgedToken token, string key) =>
        token.Signed(token.Header, token.Payload, Encoding.UTF8.GetBytes(key));

    private static string WithAlgorithm(ForgedToken token, string name, Func<byte[], byte[], byte[]> mac) =>
        token.Signed(
            Encoding.UTF8.GetBytes(ForgedToken.Changed(token.Header, header => header["alg"] = name)),
            Encoding.UTF8.GetBytes(token.Payload),
            mac: mac
        );

    private static string Flipped(ForgedToken token, int part)
    {
        var parts = token.Parts;
        var bytes = Base64Url.DecodeFromChars(parts[part]);
        bytes[^1] ^= 1;
        parts[part] = Base64Url.EncodeToString(bytes);
        return string.Join('.', parts);
    }

    // Some token has a signature that the two alphabets spell differently; any jti will do.
    private static string StandardBase64(ForgedToken token) =>
        Enumerable
            .Range(0, 1000)
            .Select(number => token.WithClaim("jti", $"\"{number}\""))
            .Where(made => made.Split('.')[2].AsSpan().ContainsAny('-', '_'))
            .Select(made => made.Replace('-', '+').Replace('_', '/'))
            .First();

    private static byte[] Random(int length) => RandomNumberGenerator.GetBytes(length);
}
