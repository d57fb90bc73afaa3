using System.Net;
using System.Net.Sockets;

namespace AnimeSync.Api.Limits;

/// <summary>Who shares a bucket: an IPv4 address, or the IPv6 /64 that one customer is given (RFC 6177).</summary>
internal static class AddressKey
{
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "none";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return address.ToString();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
