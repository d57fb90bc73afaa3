using AnimeSync.AniList;
using AnimeSync.Api.Library;
using CsCheck;

namespace AnimeSync.Api.Tests.Library;

/// <summary>Entries for property tests, from so few values that two of them often agree in a field.</summary>
internal static class Entries
{
    public static readonly Gen<FuzzyDate?> Dates = OneOf<FuzzyDate?>(
        null,
        FuzzyDate.Of(2020, null, null),
        FuzzyDate.Of(2020, 5, null),
        FuzzyDate.Of(2021, 3, 4)
    );

    public static readonly Gen<CustomListNames> Lists = OneOf("Comfort", "Rainy days", "With friends", "雨の日")
        .Array[0, 4]
        .Select(CustomListNames.From);

    public static readonly Gen<EntryFieldSet> FieldSets = Gen.Enum<EntryField>()
        .Array[0, 11]
        .Select(fields => EntryFieldSet.Of(fields));

    public static readonly Gen<EntryFields> Any = Gen.Select(
        Gen.Select(Gen.Enum<ListStatus>(), OneOf(0, 55, 85), Gen.Int[0, 5], Gen.Int[0, 2], Gen.Int[0, 2]),
        Gen.Select(Gen.Bool, OneOf(null, "later", "終わった"), Gen.Bool, Lists),
        Gen.Select(Dates, Dates),
        (numbers, words, dates) =>
            new EntryFields
            {
                Status = numbers.Item1,
                Score = numbers.Item2,
                Progress = numbers.Item3,
                Repeat = numbers.Item4,
                Priority = numbers.Item5,
                Private = words.Item1,
                Notes = words.Item2,
                HiddenFromStatusLists = words.Item3,
                CustomLists = words.Item4,
                StartedAt = dates.Item1,
                CompletedAt = dates.Item2,
            }
    );

    /// <summary>An entry, or that there is none.</summary>
    public static readonly Gen<EntryFields?> AnyOrNone = Gen.Frequency(
        (1, Gen.Const((EntryFields?)null)),
        (4, Any.Select(fields => (EntryFields?)fields))
    );

    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    public static FuzzyDate Date(string text) =>
        FuzzyDate.TryParse(text, out var date) ? date : throw new ArgumentException(text);
}
