using AnimeSync.Api.Hosting;
using Scalar.AspNetCore;

namespace AnimeSync.Api.Http;

/// <summary>`/openapi/v1.json` and a page that shows it, on a desk only.</summary>
internal static class ApiDescription
{
    public static IServiceCollection AddApiDescription(this IServiceCollection services) =>
        services.AddOpenApi(
            "v1",
            description =>
                description.AddDocumentTransformer(
                    (document, _, _) =>
                    {
                        // By itself it is named after the program that hosts it.
                        document.Info.Title = "AnimeSync";
                        document.Info.Version = Release.Version;
                        return Task.CompletedTask;
                    }
                )
        );

    public static void MapApiDescription(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
        {
            app.MapOpenApi().AllowAnonymous();
            app.MapScalarApiReference("/scalar").AllowAnonymous().WithDocumentationPolicy();
        }
    }
}
