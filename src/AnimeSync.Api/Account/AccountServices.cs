namespace AnimeSync.Api.Account;

internal static class AccountServices
{
    public static IServiceCollection AddAccount(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.TypeInfoResolverChain.Add(AccountJson.Default)
        );
        return services.AddScoped<AccountService>();
    }
}
