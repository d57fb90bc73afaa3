using System.Net;
using AnimeSync.Api.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AnimeSync.Api.Tests.Hosting;

public sealed class HealthProbeTests
{
    [Theory]
    [InlineData(StatusCodes.Status200OK, true)]
    [InlineData(StatusCodes.Status503ServiceUnavailable, false)]
    public async Task The_probe_says_what_the_service_says(int status, bool expected)
    {
        await using var service = await StartAsync(status);

        var ready = await HealthProbe.RunAsync(new(IPAddress.Loopback, PortOf(service)));

        Assert.Equal(expected, ready);
    }

    [Fact]
    public async Task A_service_on_every_address_is_asked_on_loopback()
    {
        await using var service = await StartAsync(StatusCodes.Status200OK);

        Assert.True(await HealthProbe.RunAsync(new(IPAddress.Any, PortOf(service))));
    }

    [Fact]
    public async Task A_service_that_is_gone_is_not_ready()
    {
        var service = await StartAsync(StatusCodes.Status200OK);
        var port = PortOf(service);
        await service.DisposeAsync();

        Assert.False(await HealthProbe.RunAsync(new(IPAddress.Loopback, port)));
    }

    private static async Task<WebApplication> StartAsync(int status)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = builder.Build();
        service.MapGet("/readyz", () => Results.StatusCode(status));
        await service.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    private static int PortOf(WebApplication service) => new Uri(service.Urls.Single()).Port;
}
