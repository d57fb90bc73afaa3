using AnimeSync.Sandbox.Accounts;

namespace AnimeSync.Sandbox.People;

/// <summary>Names as the viewer likes them, and the search by name.</summary>
internal static class PersonNames
{
    /// <summary>The name with its <c>userPreferred</c>: the western order unless the viewer's settings say otherwise.</summary>
    public static Facts? Of(Facts person, SandboxUser? viewer)
    {
        if (person.GetValueOrDefault("name") is not Facts name)
        {
            return null;
        }

        var full = name.GetValueOrDefault("full");
        var options = viewer?.ToFacts(seenByOwner: true)["options"] as Facts;
        return new(name)
        {
            ["userPreferred"] = options?.GetValueOrDefault("staffNameLanguage") switch
            {
                "NATIVE" => name.GetValueOrDefault("native") ?? full,
                "ROMAJI" => FamilyNameFirst(name) ?? full,
                _ => full,
            },
        };
    }

    public static bool Match(Facts person, string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var names = (person.GetValueOrDefault("name") as Facts ?? []).Values.SelectMany(value =>
            value as IEnumerable<object?> ?? [value]
        );
        return words.Length > 0
            && names
                .OfType<string>()
                .Any(name => words.All(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    private static string? FamilyNameFirst(Facts name) =>
        name.GetValueOrDefault("last") is string { Length: > 0 } last ? $"{last} {name["first"]}" : null;
}
