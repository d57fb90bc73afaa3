using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;

namespace AnimeSync.Api.Data.Keys;

/// <summary>A row of the key ring as it is stored, read without DataProtection, which would log a stack trace per key.</summary>
internal sealed class RingRow
{
    private readonly XElement? _element;

    private RingRow(DataProtectionKey row, XElement? element) => (Row, _element) = (row, element);

    public DataProtectionKey Row { get; }

    /// <summary>Null for what is no key or cannot be read as one.</summary>
    public Guid? KeyId => Guid.TryParse(_element?.Attribute("id")?.Value, out var id) ? id : null;

    /// <summary>False for a revocation; a row that cannot be read counts as a key, since it may have been one.</summary>
    public bool IsKey => _element is null || _element.Name.LocalName == "key";

    public bool IsPlain => _element is not null && IsKey && Closed is null;

    public string? SecretId => Closed?.Attribute(RingEncryptor.SecretId)?.Value;

    private XElement? Closed =>
        _element
            ?.Descendants()
            .FirstOrDefault(element => element.Name.LocalName == "encryptedSecret")
            ?.Elements()
            .FirstOrDefault();

    public static RingRow Parse(DataProtectionKey row)
    {
        try
        {
            return new(row, XElement.Parse(row.Xml ?? string.Empty));
        }
        catch (XmlException)
        {
            return new(row, null);
        }
    }

    public bool Opens(RingDecryptor decryptor) => Open(decryptor) is not null;

    /// <summary>The same row closed with the current secret; null when it does not open.</summary>
    public string? Rewrap(RingDecryptor decryptor, RingEncryptor encryptor)
    {
        if (Closed is not { } closed || Open(decryptor) is not { } secret)
        {
            return null;
        }

        closed.ReplaceWith(encryptor.Encrypt(secret).EncryptedElement);
        return _element?.ToString(SaveOptions.DisableFormatting);
    }

    private XElement? Open(RingDecryptor decryptor)
    {
        try
        {
            return Closed is { } closed ? decryptor.Decrypt(closed) : null;
        }
        catch (Exception exception) when (exception is CryptographicException or XmlException)
        {
            return null;
        }
    }
}
