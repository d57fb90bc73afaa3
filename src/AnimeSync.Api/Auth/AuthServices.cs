using AnimeSync.Api.Auth.AccessTokens;
using AnimeSync.Api.Auth.Sessions;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace AnimeSync.Api.Auth;

internal static class AuthServices
{
    public static IServiceCollection AddAuth(this IServiceCollection services, AuthOptions options)
    {
        services.AddSingleton(options).AddSingleton(options.Secrets);
        services.AddSingleton<SigningKeys>().AddSingleton<AccessTokenIssuer>();
        services.AddSingleton<SessionConfirmations>().AddSingleton<AccessTokenEvents>();
        services.AddSingleton<EndedSessions>().AddHostedService(root => root.GetRequiredService<EndedSessions>());

        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.ConfigureOptions<AccessTokenValidation>();
        // Deny by default: a route is anonymous only when it says so.
        services
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }
}
