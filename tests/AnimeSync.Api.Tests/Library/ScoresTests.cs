using AnimeSync.Api.Library;
using CsCheck;

namespace AnimeSync.Api.Tests.Library;

public sealed class ScoresTests
{
    private static readonly Gen<int> _raw = Gen.Int[0, 100];

    private static readonly Gen<(ScoreFormat Format, double Shown)> _enterable = Gen.Enum<ScoreFormat>()
        .SelectMany(format => Entries.OneOf(Enterable(format)).Select(shown => (format, shown)));

    [Fact]
    public void A_score_that_is_entered_reads_back_the_same() =>
        Gen.Select(_enterable, _raw)
            .Sample(
                (entered, present) =>
                {
                    var raw = Scores.Enter(entered.Shown, entered.Format, present);

                    Assert.NotNull(raw);
                    Assert.InRange(raw.Value, 0, 100);
                    Assert.Equal(entered.Shown, Scores.Show(raw.Value, entered.Format));
                }
            );

    [Fact]
    public void Entering_what_is_shown_keeps_the_raw_score() =>
        Gen.Select(_raw, Gen.Enum<ScoreFormat>())
            .Sample((raw, format) => Assert.Equal(raw, Scores.Enter(Scores.Show(raw, format), format, raw)));

    [Fact]
    public void Whatever_is_shown_could_have_been_entered() =>
        Gen.Select(_raw, Gen.Enum<ScoreFormat>())
            .Sample((raw, format) => Assert.Contains(Scores.Show(raw, format), Enterable(format)));

    [Fact]
    public void A_number_between_is_refused() =>
        Gen.Select(Gen.Double[-1, 101], Gen.Enum<ScoreFormat>(), _raw)
            .Sample(
                (shown, format, present) =>
                    Assert.Equal(Enterable(format).Contains(shown), Scores.Enter(shown, format, present) is not null)
            );

    [Theory]
    [InlineData(ScoreFormat.Point10Decimal, 7.25)]
    [InlineData(ScoreFormat.Point10Decimal, 10.1)]
    [InlineData(ScoreFormat.Point10, 7.5)]
    [InlineData(ScoreFormat.Point10, 11)]
    [InlineData(ScoreFormat.Point5, 3.5)]
    [InlineData(ScoreFormat.Point5, 6)]
    [InlineData(ScoreFormat.Point3, 4)]
    [InlineData(ScoreFormat.Point3, 2.5)]
    [InlineData(ScoreFormat.Point100, 100.5)]
    [InlineData(ScoreFormat.Point100, 101)]
    [InlineData(ScoreFormat.Point100, -1)]
    [InlineData(ScoreFormat.Point3, -1)]
    [InlineData(ScoreFormat.Point100, 1e300)]
    [InlineData(ScoreFormat.Point5, double.NaN)]
    [InlineData(ScoreFormat.Point10, double.PositiveInfinity)]
    public void What_nobody_could_enter_is_refused(ScoreFormat format, double shown) =>
        Assert.Null(Scores.Enter(shown, format, 0));

    [Theory]
    [InlineData(ScoreFormat.Point5, 5, 90)]
    [InlineData(ScoreFormat.Point5, 1, 10)]
    [InlineData(ScoreFormat.Point3, 1, 35)]
    [InlineData(ScoreFormat.Point3, 2, 60)]
    [InlineData(ScoreFormat.Point3, 3, 85)]
    [InlineData(ScoreFormat.Point10Decimal, 7.3, 73)]
    [InlineData(ScoreFormat.Point10, 7, 70)]
    public void A_score_is_stored_as_AniList_stores_it(ScoreFormat format, double shown, int raw) =>
        Assert.Equal(raw, Scores.Enter(shown, format, 0));

    private static double[] Enterable(ScoreFormat format) =>
        format switch
        {
            ScoreFormat.Point100 => [.. Enumerable.Range(0, 101)],
            ScoreFormat.Point10Decimal => [.. Enumerable.Range(0, 101).Select(tenths => tenths / 10.0)],
            ScoreFormat.Point10 => [.. Enumerable.Range(0, 11)],
            ScoreFormat.Point5 => [.. Enumerable.Range(0, 6)],
            _ => [.. Enumerable.Range(0, 4)],
        };
}
