using System.Net;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.GraphQL;
using GraphQL;

namespace AnimeSync.Sandbox.People;

/// <summary>Pictures of people, drawn here: their initials on a colour of their own.</summary>
internal static class PortraitEndpoints
{
    public static void MapPortraits(this WebApplication app)
    {
        app.MapGet("/characters/{id:int}.svg", (int id, PeopleIndex people) => Draw(id, people.Character(id)));
        app.MapGet("/staff/{id:int}.svg", (int id, PeopleIndex people) => Draw(id, people.StaffMember(id)));
    }

    public static object? ImageOf(IResolveFieldContext context, string folder)
    {
        var person = (Facts)context.Source!;
        if (person.GetValueOrDefault("image") is { } recorded)
        {
            return recorded;
        }

        var address = $"{Call.Of(context).BaseUrl}/{folder}/{person["id"]}.svg";
        return new Facts { ["large"] = address, ["medium"] = address };
    }

    private static IResult Draw(int id, Facts? person)
    {
        if (person?.GetValueOrDefault("name") is not Facts name)
        {
            return Results.NotFound();
        }

        var full = name.GetValueOrDefault("full") as string ?? $"{id}";
        var initials = string.Concat(
            full.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(word => word[0])
        );
        return Results.Text(
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 230 345" width="230" height="345">
              <title>{WebUtility.HtmlEncode(full)}</title>
              <rect width="230" height="345" fill="{Pictures.ColourOf(id)}"/>
              <text x="115" y="200" text-anchor="middle" font-family="sans-serif" font-size="90" fill="#fff">{WebUtility.HtmlEncode(
                initials
            )}</text>
            </svg>
            """,
            "image/svg+xml"
        );
    }
}
