using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Auth;

/// <summary>
/// A genuine token taken apart, to be put together again wrongly. No JWT library is involved, so any header and any
/// payload is possible, and the signature can be right all the same.
/// </summary>
internal sealed class ForgedToken(string genuine, Service service)
{
    public string Genuine { get; } = genuine;

    public Service Service { get; } = service;

    public byte[] Key { get; } = Encoding.UTF8.GetBytes(service.Settings["JWT_SECRET_KEY"]!);

    public string[] Parts => Genuine.Split('.');

    public string Header => Decode(Parts[0]);

    public string Payload => Decode(Parts[1]);

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public static string Decode(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));

    /// <summary>Signs any bytes at all.</summary>
    public string Signed(byte[] header, byte[] payload, byte[]? key = null, Func<byte[], byte[], byte[]>? mac = null)
    {
        var input = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        var signature = (mac ?? HMACSHA256.HashData)(key ?? Key, Encoding.ASCII.GetBytes(input));
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }

    public string Signed(string header, string payload, byte[]? key = null) =>
        Signed(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(payload), key);

    public string WithHeader(Action<JsonObject> change) => Signed(Changed(Header, change), Payload);

    public string WithPayload(Action<JsonObject> change) => Signed(Header, Changed(Payload, change));

    /// <summary>A claim whose value is written as given, whatever JSON makes of it.</summary>
    public string WithClaim(string name, string json) => Signed(Header, Replaced(Payload, name, json));

    public string WithHeaderMember(string name, string json) => Signed(Replaced(Header, name, json), Payload);

    public static string Changed(string json, Action<JsonObject> change)
    {
        var node = JsonNode.Parse(json)!.AsObject();
        change(node);
        return node.ToJsonString();
    }

    private static string Replaced(string json, string name, string value)
    {
        var rest = Changed(json, node => node.Remove(name));
        return $"{rest[..^1]},\"{name}\":{value}}}";
    }
}
