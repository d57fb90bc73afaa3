using AnimeSync.Api.Auth.AccessTokens;
using AnimeSync.Api.Auth.Sessions;
using AnimeSync.Api.Auth.SignIn;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace AnimeSync.Api.Auth;

internal static class AuthServices
{
    public static IServiceCollection AddAuth(this IServiceCollection services, AuthOptions options)
    {
        services.AddSingleton(options).AddSingleton(options.Secrets);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Add(AuthJson.Default));
        services.AddSingleton<SigningKeys>().AddSingleton<AccessTokenIssuer>().AddSingleton<SharedClock>();
        services.AddSingleton<SessionConfirmations>().AddSingleton<VerifiedTokens>();
        services.AddSingleton<AccessTokenEvents>();
        services.AddSingleton<EndedSessions>().AddHostedService(root => root.GetRequiredService<EndedSessions>());
        services.AddHostedService<AuthCleanup>();
        services.AddScoped<SessionService>().AddScoped<SignInService>();
        services.AddScoped<TokenService>().AddScoped<SignOutService>();
        services.AddSingleton<RefreshCookie>().AddHttpContextAccessor();

        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer().AddAniList();
        services.ConfigureOptions<AccessTokenValidation>().ConfigureOptions<AniListSignIn>();
        // Deny by default: a route is anonymous only when it says so.
        services
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }
}
