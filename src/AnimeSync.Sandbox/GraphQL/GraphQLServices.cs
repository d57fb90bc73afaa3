using System.Text.Json;
using System.Text.Json.Serialization;
using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
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
    }

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
