using AnimeSync.AniList;
using AnimeSync.AniList.Gateway;
using AnimeSync.Api.Account;
using AnimeSync.Api.Anime;
using AnimeSync.Api.Auth;
using AnimeSync.Api.Data;
using AnimeSync.Api.Data.Keys;
using AnimeSync.Api.GraphQLProxy;
using AnimeSync.Api.GraphQLProxy.Persisted;
using AnimeSync.Api.Hosting;
using AnimeSync.Api.Http;
using AnimeSync.Api.Library;
using AnimeSync.Api.Limits;

namespace AnimeSync.Api;

/// <summary>The table of contents: what the service is made of, and in which order a request meets it.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => Commands.RunAsync(args);

    /// <summary>Builds the service without starting it. Settings given here win over the environment.</summary>
    public static WebApplication Build(
        string[] args,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<WebApplicationBuilder>? configure = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.Logging.QuietFrameworks();
        var read = new Settings(builder.Configuration, builder.Environment);

        var listen = ListenOptions.Read(read);
        var service = ServiceOptions.Read(read);
        var aniList = AniListOptions.Read(read, service);
        builder.Services.AddSingleton(read);
        builder.Services.AddSingleton(listen);
        builder.Services.AddSingleton(service);
        builder.Services.AddSingleton(aniList);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddData(DatabaseOptions.Read(read));
        builder.Services.AddKeyRing(KeyRingOptions.Read(read));
        builder.Services.AddLimits(LimitOptions.Read(read, service));
        builder.Services.AddAuth(AuthOptions.Read(read));
        builder.Services.AddAccount();
        builder.Services.AddAniListClient(new(aniList.GraphQLUrl, aniList.Referer, aniList.UserAgent));
        builder.Services.AddAniListGateway(provider =>
            aniList.GatewayFor(
                provider.GetRequiredService<LimitOptions>(),
                provider.GetRequiredService<RedisConnection>()
            )
        );
        builder.Services.AddAnime();
        builder.Services.AddLibrary();
        builder.Services.AddGraphQLProxy(PersistedOptions.Read(read));
        builder.Services.AddEdges(EdgeOptions.Read(read, service));
        builder.Services.AddHealth();
        builder.Services.AddTelemetry(TelemetryOptions.Read(read));
        builder.Services.AddApiDescription();
        read.ThrowIfFaulty();

        configure?.Invoke(builder);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ApplyLimits();
            kestrel.Listen(listen.Public);
            kestrel.Listen(listen.Admin);
            kestrel.Listen(listen.Integrations);
        });

        var app = builder.Build();
        app.UseEdges();
        app.UseRouting();
        app.UseListenerIsolation();
        app.UseAddressLimits();
        app.UseAuthentication();
        app.UseUserLimits();
        app.UseMiddleware<KnownRoutes>();
        app.UseAuthorization();
        app.UseMiddleware<StrictRequests>();

        app.MapAuth();
        app.MapAccount();
        app.MapAnime();
        app.MapLibrary();
        app.MapGraphQLProxy();
        app.MapHealth();
        app.MapTelemetry();
        app.MapApiDescription();
        return app;
    }
}
