namespace AnimeSync.AniList.Operations;

/// <summary>
/// An operation whose root fields can be asked in another document together with those of others: no variables and no
/// fragments are left in them.
/// </summary>
/// <param name="Complexity">As AniList counts it: one for each selected field.</param>
public sealed record FoldableOperation(IReadOnlyList<RootField> Fields, int Complexity, bool IsMutation);

/// <summary>One root field, written out.</summary>
/// <param name="ResponseName">The alias, or the name where there is none.</param>
/// <param name="Text">The field without its alias.</param>
/// <param name="MediaId">Of a field that is exactly <c>Media(id:N)</c>, so that many can be asked as one list.</param>
/// <param name="Selection">What is asked of that media, in its braces; null where <see cref="MediaId"/> is.</param>
public sealed record RootField(string ResponseName, string Text, int Complexity, int? MediaId, string? Selection);
