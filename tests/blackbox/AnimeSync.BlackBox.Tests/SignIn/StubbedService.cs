using System.Text.Json;
using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;
using Microsoft.AspNetCore.WebUtilities;

namespace AnimeSync.BlackBox.Tests.SignIn;

/// <summary>Tests that count rows and upstream calls, and so run one after another on one service and one stub.</summary>
[CollectionDefinition]
public sealed class SignInTestGroup : ICollectionFixture<StubbedService>;

/// <summary>What a sign-in can leave behind.</summary>
public sealed record Rows(long Users, long Credentials, long Pending, long Codes, long Sessions);

/// <summary>A sign-in on its way to AniList: what the browser holds.</summary>
public sealed record StartedSignIn(SignInFlow Flow, string ClientId, Uri AniListAddress, string Cookies)
{
    public string State => SignInFlow.Query(AniListAddress)["state"];

    /// <summary>Comes back from AniList with a code.</summary>
    public Task<HttpResponseMessage> ReturnAsync(string code) => ReturnAsync(("code", code), ("state", State));

    public Task<HttpResponseMessage> ReturnAsync(params (string Name, string Value)[] parameters) =>
        Flow.GetAsync(Callback(parameters), Cookies);

    public static Uri Callback(params (string Name, string Value)[] parameters) =>
        new(
            QueryHelpers.AddQueryString(
                "/auth/callback",
                parameters.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value))
            ),
            UriKind.Relative
        );

    /// <summary>Comes back, and takes the one-time code that the client gets.</summary>
    public async Task<string> CodeAsync(AniListGrant grant)
    {
        using var answer = await ReturnAsync(grant.Code);
        Assert.Equal(303, (int)answer.StatusCode);
        return SignInFlow.Query(answer.Headers.Location!)["code"];
    }

    public async Task<SignedIn> FinishAsync(AniListGrant grant) =>
        await SignInFlow.TokensAsync(await Flow.ExchangeAsync(await CodeAsync(grant), ClientId));
}

public sealed class StubbedService : IAsyncLifetime
{
    public Service Service { get; private set; } = null!;

    public AniListStub AniList { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        AniList = await AniListStub.StartAsync();
        Service = await Service.StartAsync(
            new Dictionary<string, string?>
            {
                ["ANILIST_BASE_URL"] = AniList.Address.ToString(),
                ["ANILIST_GRAPHQL_URL"] = AniList.Address.ToString(),
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await AniList.DisposeAsync();
    }

    public Task<StartedSignIn> StartAsync(string clientId = SignInFlow.Mobile) =>
        StartAsync(new SignInFlow(Service.Address), clientId);

    public static async Task<StartedSignIn> StartAsync(SignInFlow flow, string clientId = SignInFlow.Mobile)
    {
        using var answer = await flow.AuthorizeAsync(clientId);
        Assert.Equal(302, (int)answer.StatusCode);
        var cookies = answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]);
        return new(flow, clientId, answer.Headers.Location!, string.Join("; ", cookies));
    }

    public async Task<SignedIn> SignInAsync(AniListGrant? grant = null, string clientId = SignInFlow.Mobile) =>
        await (await StartAsync(clientId)).FinishAsync(AniList.Grant(grant));

    public async Task<Rows> RowsAsync() =>
        await Service.Database.CountAsync([
            "users",
            "ani_list_credentials",
            "pending_sign_ins",
            "authorization_codes",
            "sessions",
        ])
            is [var users, var credentials, var pending, var codes, var sessions]
            ? new(users, credentials, pending, codes, sessions)
            : throw new InvalidOperationException("Five counts were asked for.");

    /// <summary>The caller's profile, or the status that refuses it.</summary>
    public async Task<(int Status, string? Name)> MeAsync(string accessToken)
    {
        using var client = Service.CreateClient(accessToken);
        using var answer = await client.GetAsync("/api/v1/me");
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (
            (int)answer.StatusCode,
            body.RootElement.TryGetProperty("name", out var name) ? name.GetString() : null
        );
    }
}
