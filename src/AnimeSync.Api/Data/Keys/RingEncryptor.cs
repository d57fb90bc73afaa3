using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace AnimeSync.Api.Data.Keys;

/// <summary>Closes ring keys with AES-256-GCM under SECRET_KEY, bound to the application's name.</summary>
internal sealed class RingEncryptor(KeyRingOptions options, ApplicationName application) : IXmlEncryptor
{
    internal const string SecretId = "secret";
    internal static readonly int NonceBytes = AesGcm.NonceByteSizes.MaxSize;
    internal static readonly int TagBytes = AesGcm.TagByteSizes.MaxSize;

    public string SecretInUse => options.Current.Id;

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(Close(plaintextElement.ToString(SaveOptions.DisableFormatting)), typeof(RingDecryptor));

    private XElement Close(string xml)
    {
        var plain = Encoding.UTF8.GetBytes(xml);
        var payload = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = payload.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(options.Current.Key, TagBytes);
        aes.Encrypt(
            nonce,
            plain,
            payload.AsSpan(NonceBytes + TagBytes),
            payload.AsSpan(NonceBytes, TagBytes),
            application.Bytes
        );
        CryptographicOperations.ZeroMemory(plain);
        return new("closedKey", new XAttribute(SecretId, options.Current.Id), Convert.ToBase64String(payload));
    }
}

/// <summary>The name that separates deployments: rows written by staging do not open in production.</summary>
internal sealed class ApplicationName(IHostEnvironment environment)
{
    public string Value { get; } = $"AnimeSync {environment.EnvironmentName.ToLowerInvariant()}";

    public byte[] Bytes => Encoding.UTF8.GetBytes(Value);
}
