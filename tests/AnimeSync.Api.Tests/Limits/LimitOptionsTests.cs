using System.Net;
using AnimeSync.Api.Hosting;
using AnimeSync.Api.Limits;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;

namespace AnimeSync.Api.Tests.Limits;

public sealed class LimitOptionsTests
{
    private static readonly ServiceOptions _service = new(Role.All, "http://localhost:8000", 3, false, true);

    [Fact]
    public void Without_settings_this_process_counts_120_a_minute_for_itself()
    {
        var options = LimitOptions.Read(Settings(), _service);

        Assert.Null(options.Redis);
        Assert.Equal((120, 3), (options.PerMinute, options.Processes));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1000001")]
    [InlineData("1e3")]
    [InlineData("many")]
    public void A_limit_that_would_mean_none_or_nonsense_is_refused(string value)
    {
        var settings = Settings(("RATE_LIMIT_PER_MINUTE", value));
        LimitOptions.Read(settings, _service);

        Assert.StartsWith("RATE_LIMIT_PER_MINUTE ", Assert.Single(settings.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis://cache:6380/2", "cache:6380", null, null, 2, false)]
    [InlineData("redis://:p%40ss@cache:6379", "cache:6379", null, "p@ss", 0, false)]
    [InlineData("redis://:a/b@c#d+e=@cache:6379/", "cache:6379", null, "a/b@c#d+e=", 0, false)]
    [InlineData("rediss://app:pa:ss@[::1]:6379/1", "[::1]:6379", "app", "pa:ss", 1, true)]
    public void An_address_is_read_with_all_its_parts(
        string url,
        string endPoint,
        string? user,
        string? password,
        int database,
        bool isTls
    )
    {
        var redis = LimitOptions.Read(Settings(("REDIS_URL", url)), _service).Redis!;

        var place = redis.EndPoints.Single();
        Assert.Equal(endPoint, place is DnsEndPoint dns ? $"{dns.Host}:{dns.Port}" : place.ToString());
        Assert.Equal((user, password, database, isTls), (redis.User, redis.Password, redis.DefaultDatabase, redis.Ssl));
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("http://hunter2:6379")]
    [InlineData("redis://")]
    [InlineData("redis://:hunter2@")]
    [InlineData("redis://host:6379/hunter2")]
    [InlineData("redis://host:6379/1/2")]
    public void An_address_that_cannot_be_one_is_refused_without_showing_it(string url)
    {
        var settings = Settings(("REDIS_URL", url));
        LimitOptions.Read(settings, _service);

        var fault = Assert.Single(settings.Faults);
        Assert.StartsWith("REDIS_URL ", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
    }

    private static Settings Settings(params (string Name, string Value)[] values) =>
        new(
            new ConfigurationBuilder()
                .AddInMemoryCollection(values.ToDictionary(pair => pair.Name, pair => (string?)pair.Value))
                .Build(),
            new HostingEnvironment { EnvironmentName = "Production" }
        );
}
