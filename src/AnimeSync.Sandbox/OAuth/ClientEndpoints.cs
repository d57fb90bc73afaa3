using System.Text.Json;
using System.Text.Json.Serialization;
using AnimeSync.Sandbox.Control;

namespace AnimeSync.Sandbox.OAuth;

/// <summary>AniList's developer settings, where an application's address is written down.</summary>
internal static class ClientEndpoints
{
    public static IServiceCollection AddClients(this IServiceCollection services) =>
        services
            .AddSingleton<RegisteredClients>()
            .ConfigureHttpJsonOptions(json =>
                json.SerializerOptions.TypeInfoResolverChain.Insert(0, ClientJsonContext.Default)
            );

    public static void MapClients(this RouteGroupBuilder control)
    {
        control.MapGet("/clients", List);
        control.MapPut("/clients/{id}", Register);
    }

    private static IReadOnlyList<ClientResponse> List(RegisteredClients clients) =>
        [
            .. clients
                .All.Select(client => new ClientResponse(client.Key, client.Value))
                .OrderBy(client => client.Id, StringComparer.Ordinal),
        ];

    private static IResult Register(string id, RegisterClient client, RegisteredClients clients)
    {
        if (id == "unknown")
        {
            return Results.BadRequest(new ControlError("The client unknown is the one that nobody registers."));
        }

        if (client.RedirectUris.Count == 0 || !client.RedirectUris.All(RegisteredClients.IsUsable))
        {
            return Results.BadRequest(
                new ControlError(
                    "A client needs at least one redirect URI, each an absolute one without a fragment, none of them script, data or mail."
                )
            );
        }

        clients.Register(id, client.RedirectUris);
        return Results.Ok(new ClientResponse(id, client.RedirectUris));
    }
}

public sealed record RegisterClient(IReadOnlyList<string> RedirectUris);

public sealed record ClientResponse(string Id, IReadOnlyList<string> RedirectUris);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RegisterClient))]
[JsonSerializable(typeof(ClientResponse))]
[JsonSerializable(typeof(IReadOnlyList<ClientResponse>))]
internal sealed partial class ClientJsonContext : JsonSerializerContext;
