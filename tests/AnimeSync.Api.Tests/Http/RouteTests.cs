using AnimeSync.Api.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.Api.Tests.Http;

public sealed class RouteTests
{
    [Fact]
    public async Task Exactly_these_routes_need_no_token()
    {
        string[] expected =
        [
            "Admin GET /health",
            "Admin GET /metrics",
            "Admin GET /version",
            "Public GET /.well-known/oauth-authorization-server",
            "Public GET /auth/authorize",
            "Public GET /auth/callback",
            "Public GET /healthz",
            "Public GET /readyz",
            "Public POST /auth/logout",
            "Public POST /auth/revoke",
            "Public POST /auth/token",
        ];

        await using var host = await EdgeHost.StartAsync("Production", EdgeSettings.Https);

        Assert.Equal(expected, Routes(host).Where(IsAnonymous).Select(Describe).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_route_that_says_nothing_about_tokens_needs_one()
    {
        await using var host = await EdgeHost.StartAsync();

        var fallback = await host.Services.GetRequiredService<IAuthorizationPolicyProvider>().GetFallbackPolicyAsync();

        Assert.NotNull(fallback);
        Assert.Contains(
            fallback.Requirements,
            requirement =>
                requirement is Microsoft.AspNetCore.Authorization.Infrastructure.DenyAnonymousAuthorizationRequirement
        );
    }

    [Fact]
    public async Task A_route_exists_on_its_own_listener_only_whatever_the_headers_say()
    {
        await using var host = await EdgeHost.StartAsync();
        var clients = new Dictionary<Listener, HttpClient>
        {
            [Listener.Public] = host.Public,
            [Listener.Admin] = host.Admin,
            [Listener.Integrations] = host.Integrations,
        };

        foreach (var route in Routes(host).Where(route => !route.RoutePattern.RawText!.Contains('{')))
        {
            foreach (var (listener, client) in clients.Where(pair => pair.Key != ListenerOf(route)))
            {
                var owner = clients[ListenerOf(route)].BaseAddress!;
                foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
                {
                    using var request = new HttpRequestMessage(new(method), Path(route));
                    request.Headers.Host = $"localhost:{owner.Port}";
                    request.Headers.Add("X-Forwarded-Host", $"localhost:{owner.Port}");
                    request.Headers.Add("X-Forwarded-Port", $"{owner.Port}");

                    var answer = await client.SendAsync(request);

                    Assert.True((int)answer.StatusCode == 404, $"{Describe(route)} on {listener}: {answer.StatusCode}");
                }
            }
        }
    }

    [Fact]
    public async Task A_wrong_method_does_not_reveal_another_listeners_route()
    {
        await using var host = await EdgeHost.StartAsync();

        Assert.Equal(404, (int)(await host.Public.DeleteAsync("/version")).StatusCode);
        Assert.Equal(405, (int)(await host.Admin.DeleteAsync("/version")).StatusCode);
        Assert.Equal(404, (int)(await host.Admin.DeleteAsync("/healthz")).StatusCode);
    }

    [Fact]
    public async Task The_API_describes_itself_on_a_desk_and_nowhere_else()
    {
        await using var desk = await EdgeHost.StartAsync();
        await using var production = await EdgeHost.StartAsync(
            "Production",
            new(EdgeSettings.Https) { ["ALLOW_INSECURE_HTTP"] = "true", ["ALLOWED_HOSTS"] = "127.0.0.1" }
        );

        foreach (var path in new[] { "/openapi/v1.json", "/scalar" })
        {
            Assert.InRange((int)(await desk.Public.GetAsync(path)).StatusCode, 200, 302);
            Assert.Equal(404, (int)(await production.Public.GetAsync(path)).StatusCode);
        }

        var description = await desk.Public.GetStringAsync("/openapi/v1.json");
        Assert.Contains("\"/healthz\"", description);
        Assert.DoesNotContain("\"/version\"", description);
    }

    private static IEnumerable<RouteEndpoint> Routes(EdgeHost host) =>
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static bool IsAnonymous(RouteEndpoint route) => route.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static Listener ListenerOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<ListenerMetadata>()?.Listener ?? Listener.Public;

    private static string Path(RouteEndpoint route) => "/" + route.RoutePattern.RawText!.TrimStart('/');

    private static string Describe(RouteEndpoint route) =>
        $"{ListenerOf(route)} {string.Join(',', route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])} {Path(route)}";
}
