using System.Net;
using AnimeSync.Api.Limits;

namespace AnimeSync.Api.Tests.Limits;

public sealed class AddressKeyTests
{
    [Theory]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("::ffff:1.2.3.4", "1.2.3.4")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    [InlineData("fe80::1%2", "fe80::/64")]
    public void A_bucket_is_an_IPv4_address_or_an_IPv6_network_of_64_bits(string address, string key) =>
        Assert.Equal(key, AddressKey.Of(IPAddress.Parse(address)));
}
