using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Lists;
using AnimeSync.Sandbox.People;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Characters, staff and studios by themselves, and those of a title.</summary>
internal sealed class PeopleResolvers(MediaCatalogue catalogue, UserLists lists, PeopleIndex people, TimeProvider clock)
{
    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        resolvers["Query.Character"] = context => ById(context, people.Character);
        resolvers["Query.Staff"] = context => ById(context, people.StaffMember);
        resolvers["Query.Studio"] = context => ById(context, people.Studio);
        resolvers["Page.characters"] = context => Search(context, people.Characters);
        resolvers["Page.staff"] = context => Search(context, people.Staff);
        resolvers["Page.studios"] = context => Search(context, people.Studios);
        foreach (
            var (type, folder) in (ReadOnlySpan<(string, string)>)[("Character", "characters"), ("Staff", "staff")]
        )
        {
            resolvers[$"{type}.name"] = context => PersonNames.Of((Facts)context.Source!, Call.Of(context).Viewer);
            resolvers[$"{type}.image"] = context => PortraitEndpoints.ImageOf(context, folder);
            resolvers[$"{type}.description"] = context => Markdown.Text(context, "description");
        }

        resolvers["Staff.age"] = context => Age((Facts)context.Source!);
        resolvers["Media.characters"] = Cast;
        resolvers["Media.staff"] = Crew;
        foreach (var edge in (string[])["CharacterEdge", "MediaEdge"])
        {
            resolvers[$"{edge}.voiceActors"] = context => Voices(context).ToList();
            resolvers[$"{edge}.voiceActorRoles"] = context =>
                Voices(context).Select(voice => new Facts { ["voiceActor"] = voice }).ToList();
        }

        new FilmographyResolvers(catalogue, lists, people).AddTo(resolvers);
    }

    private static Facts ById(IResolveFieldContext context, Func<int, Facts?> find) =>
        (context.GivenInt("id") is { } id ? find(id) : null) ?? throw AniListError.NotFound();

    private List<Facts> Search(IResolveFieldContext context, IReadOnlyList<Facts> everybody)
    {
        IEnumerable<Facts> found = everybody;
        if (context.GivenInt("id") is { } id)
        {
            found = found.Where(person => (int)person["id"]! == id);
        }

        if (context.Given<string>("search") is { } text)
        {
            found = found.Where(person =>
                person["name"] is string name ? Contains(name, text) : PersonNames.Match(person, text)
            );
        }

        if (context.Given<bool>("isBirthday"))
        {
            var today = clock.GetUtcNow();
            found = found.Where(person =>
                person.GetValueOrDefault("dateOfBirth") is Facts born
                && born.GetValueOrDefault("month") is int month
                && born.GetValueOrDefault("day") is int day
                && (month, day) == (today.Month, today.Day)
            );
        }

        return ((PageSlice)context.Source!).Take(Ordering.By(found, context.GivenNames("sort"), SortKey));
    }

    private static bool Contains(string name, string text) => name.Contains(text, StringComparison.OrdinalIgnoreCase);

    private static object? SortKey(Facts person, string name) =>
        name switch
        {
            "ID" => person["id"],
            "NAME" => person["name"],
            "FAVOURITES" => person.GetValueOrDefault("favourites"),
            "LANGUAGE" => person.GetValueOrDefault("languageV2"),
            // The best match is the best known one.
            "SEARCH_MATCH" or "RELEVANCE" => -(person.GetValueOrDefault("favourites") as int? ?? 0),
            _ => null,
        };

    private int? Age(Facts person)
    {
        if (person.GetValueOrDefault("age") is int recorded)
        {
            return recorded;
        }

        var died = MediaCatalogue.FuzzyNumber(person.GetValueOrDefault("dateOfDeath") as Facts);
        var today = clock.GetUtcNow();
        var last = died ?? ((today.Year * 10000) + (today.Month * 100) + today.Day);
        // Whole years between two dates written as YYYYMMDD.
        return MediaCatalogue.FuzzyNumber(person.GetValueOrDefault("dateOfBirth") as Facts) is { } born
            ? (last - born) / 10000
            : null;
    }

    private Facts Cast(IResolveFieldContext context)
    {
        var cast = people.CastOf(MediaCatalogue.IdOf((Facts)context.Source!));
        if (context.Given<string>("role") is { } role)
        {
            cast = cast.Where(casting => casting.Role == role);
        }

        object? Key(Casting casting, string name) =>
            name switch
            {
                "ROLE" => casting.Rank,
                "RELEVANCE" => casting.Id,
                _ => people.Character(casting.CharacterId) is { } character ? SortKey(character, name) : null,
            };
        return Connections.Page(context, Ordering.By(cast, context.GivenNames("sort"), Key), CastEdge);
    }

    private Facts CastEdge(Casting casting) =>
        new()
        {
            ["casting"] = casting,
            ["id"] = casting.Id,
            ["node"] = people.Character(casting.CharacterId),
            ["role"] = casting.Role,
            ["media"] = new List<object?> { catalogue.Find(casting.MediaId) },
        };

    private Facts Crew(IResolveFieldContext context)
    {
        object? Key(Credit credit, string name) =>
            name switch
            {
                "ROLE" => credit.Role,
                "RELEVANCE" => credit.Id,
                _ => people.StaffMember(credit.StaffId) is { } member ? SortKey(member, name) : null,
            };
        var crew = Ordering.By(
            people.CrewOf(MediaCatalogue.IdOf((Facts)context.Source!)),
            context.GivenNames("sort"),
            Key
        );
        return Connections.Page(
            context,
            crew,
            credit =>
                new()
                {
                    ["id"] = credit.Id,
                    ["node"] = people.StaffMember(credit.StaffId),
                    ["role"] = credit.Role,
                }
        );
    }

    private IEnumerable<Facts> Voices(IResolveFieldContext context)
    {
        var voices = (((Facts)context.Source!).GetValueOrDefault("casting") as Casting)?.VoiceActors ?? [];
        var found = voices.Select(people.StaffMember).OfType<Facts>();
        if (context.Given<string>("language") is { } language)
        {
            found = found.Where(voice =>
                string.Equals(
                    voice.GetValueOrDefault("languageV2") as string,
                    language,
                    StringComparison.OrdinalIgnoreCase
                )
            );
        }

        return Ordering.By(found, context.GivenNames("sort"), SortKey);
    }
}
