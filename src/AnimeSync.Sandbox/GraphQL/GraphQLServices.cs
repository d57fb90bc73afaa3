using System.Text.Json;
using System.Text.Json.Serialization;
using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Community;
using AnimeSync.Sandbox.Lists;
using GraphQL.Types;

namespace AnimeSync.Sandbox.GraphQL;

internal static class GraphQLServices
{
    public static IServiceCollection AddGraphQL(this IServiceCollection services) =>
        services
            .AddSingleton<ISchema>(provider =>
                SandboxSchema.Create(
                    provider.GetRequiredService<MediaCatalogue>(),
                    provider.GetRequiredService<UserAccounts>(),
                    provider.GetRequiredService<UserLists>(),
                    provider.GetRequiredService<CommunityMembers>(),
                    provider.GetRequiredService<TimeProvider>()
                )
            )
            .AddSingleton<DocumentExecution>()
            .AddSingleton<GraphQLEndpoint>();

    public static void MapGraphQL(this WebApplication app)
    {
        var endpoint = app.Services.GetRequiredService<GraphQLEndpoint>();
        app.MapPost("/", endpoint.HandleAsync);
        app.MapMethods("/", ["OPTIONS"], AnswerPreflight);
        app.MapGet("/", Introduce);
    }

    private static IResult Introduce() =>
        Results.Text(
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>AniList sandbox</title></head>
            <body><h1>AniList sandbox</h1><p>Post GraphQL to this address. Sign in at <code>/api/v2/oauth/authorize</code>.
            Limits, faults and the journal are under <code>/_sandbox</code>, for this machine only.</p></body></html>
            """,
            "text/html; charset=utf-8"
        );

    private static IResult AnswerPreflight(HttpContext context)
    {
        AniListHeaders.WriteCors(context.Response);
        return Results.NoContent();
    }
}

/// <summary>The body of a GraphQL request.</summary>
public sealed record GraphQLRequest(string Query, JsonElement? Variables = null, string? OperationName = null);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(GraphQLRequest))]
internal sealed partial class GraphQLJsonContext : JsonSerializerContext;
