using System.Text.Json.Nodes;
using AnimeSync.AniList.Operations;

namespace AnimeSync.AniList.Tests.Operations;

/// <summary>Makes another question of a query, at a place and in a way as decided.</summary>
internal static class Change
{
    private static readonly Dictionary<string, string[]> _ofTheCaller = new()
    {
        ["Query"] = ["Viewer", "Notification", "MediaListCollection", "Activity", "__schema", "noSuchField"],
        ["Page"] = ["mediaList", "notifications", "activities", "noSuchField"],
        ["Media"] = ["isFavourite", "mediaListEntry", "isFavouriteBlocked", "modNotes"],
        ["MediaTitle"] = ["userPreferred"],
        ["Character"] = ["isFavourite"],
        ["CharacterName"] = ["userPreferred"],
        ["Staff"] = ["isFavourite"],
        ["StaffName"] = ["userPreferred"],
        ["Studio"] = ["isFavourite"],
    };

    public static PublicQuery Of(PublicQuery query, Choices choices) =>
        At(query, choices.Below(Count(query.Fields)), (siblings, i) => Changed(siblings, i, choices));

    public static PublicQuery WithFieldOfTheCaller(PublicQuery query, Choices choices) =>
        At(
            query,
            choices.Below(Count(query.Fields)),
            (siblings, i) =>
            {
                var type = siblings[i].Type;
                var rule = new FieldRule(
                    choices.Of(_ofTheCaller.GetValueOrDefault(type.Name, ["noSuchField"])),
                    type: null,
                    AnswerKind.Constant,
                    []
                );
                var alias = choices.Sometimes(3) ? "id" + choices.Below(99) : null;
                return [.. siblings.Take(i), new QueryField(type, rule, alias, [], []), .. siblings.Skip(i)];
            }
        );

    private static IReadOnlyList<QueryField> Changed(IReadOnlyList<QueryField> siblings, int i, Choices choices)
    {
        var field = siblings[i];
        return choices.Below(4) switch
        {
            0 when siblings.Count > 1 => [.. siblings.Where((_, at) => at != i)],
            1 when i > 0 => [.. siblings.Take(i - 1), field, siblings[i - 1], .. siblings.Skip(i + 1)],
            2 when field.Arguments.Count > 0 => With(field with { Arguments = Changed(field.Arguments, choices) }),
            _ => With(field with { Alias = "other" + i }),
        };

        IReadOnlyList<QueryField> With(QueryField changed) => [.. siblings.Take(i), changed, .. siblings.Skip(i + 1)];
    }

    private static IReadOnlyList<QueryArgument> Changed(IReadOnlyList<QueryArgument> arguments, Choices choices)
    {
        var at = choices.Below(arguments.Count);
        var changed = arguments[at] with { Value = Changed(arguments[at].Value) };
        return [.. arguments.Take(at), changed, .. arguments.Skip(at + 1)];
    }

    private static JsonNode Changed(JsonNode value) =>
        value switch
        {
            JsonArray list => new JsonArray([.. list.Select(item => item!.DeepClone()), list[0]!.DeepClone()]),
            JsonValue known when known.TryGetValue<int>(out var number) => number + 1,
            JsonValue known when known.TryGetValue<bool>(out var condition) => !condition,
            _ => value.GetValue<string>() + "X",
        };

    private static PublicQuery At(
        PublicQuery query,
        int place,
        Func<IReadOnlyList<QueryField>, int, IReadOnlyList<QueryField>> change
    )
    {
        return new(In(query.Fields));

        IReadOnlyList<QueryField> In(IReadOnlyList<QueryField> siblings)
        {
            for (var i = 0; i < siblings.Count; i++)
            {
                var inside = Count(siblings[i].Fields);
                if (place == 0)
                {
                    return change(siblings, i);
                }

                place--;
                if (place < inside)
                {
                    var changed = siblings[i] with { Fields = In(siblings[i].Fields) };
                    return [.. siblings.Take(i), changed, .. siblings.Skip(i + 1)];
                }

                place -= inside;
            }

            return siblings;
        }
    }

    private static int Count(IReadOnlyList<QueryField> fields) => fields.Sum(field => 1 + Count(field.Fields));
}
