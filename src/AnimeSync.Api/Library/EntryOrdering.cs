using System.Linq.Expressions;

namespace AnimeSync.Api.Library;

/// <summary>How a list is sorted; entries alike are sorted by their titles' ids, so that pages never overlap.</summary>
internal abstract record EntryOrdering
{
    private static readonly EntryOrdering[] _all =
    [
        new By<int>(row => row.Entry.MediaId) { Name = "mediaId" },
        new By<int>(row => row.Entry.Fields.Score) { Name = "score" },
        new By<int>(row => row.Entry.Fields.Progress) { Name = "progress" },
        new By<DateTimeOffset>(row => row.Entry.CreatedAt) { Name = "createdAt" },
        new By<DateTimeOffset>(row => row.Entry.UpdatedAt) { Name = "updatedAt" },
        new By<string>(row => row.Title!.Romaji ?? row.Title.English ?? row.Title.Native ?? string.Empty)
        {
            Name = "title",
        },
    ];

    public const string Newest = "-updatedAt";

    public required string Name { get; init; }

    public bool IsDescending { get; init; }

    /// <summary>As a client asks for it.</summary>
    protected string SentName => IsDescending ? $"-{Name}" : Name;

    /// <param name="name">With a minus in front for the other way round.</param>
    public static EntryOrdering? Find(string name)
    {
        var isDescending = name.StartsWith('-');
        var found = Array.Find(_all, one => one.Name == name[(isDescending ? 1 : 0)..]);
        return found is null ? null : found with { IsDescending = isDescending };
    }

    public static IEnumerable<string> Names => _all.Select(one => one.Name);

    public abstract IQueryable<EntryRow> From(IQueryable<EntryRow> rows, EntryCursor? after);

    public abstract EntryCursor CursorAt(EntryRow row);

    /// <summary>Null when the cursor was made for another order.</summary>
    public abstract bool Takes(EntryCursor cursor);

    private sealed record By<TKey>(Expression<Func<EntryRow, TKey>> Key) : EntryOrdering
        where TKey : IComparable<TKey>
    {
        private readonly Func<EntryRow, TKey> _keyOf = KeyOfLoaded(Key);

        public override IQueryable<EntryRow> From(IQueryable<EntryRow> rows, EntryCursor? after)
        {
            if (after is not null && after.TryRead<TKey>(out var key))
            {
                rows = rows.Where(Beyond(key, after.MediaId));
            }

            return IsDescending
                ? rows.OrderByDescending(Key).ThenByDescending(row => row.Entry.MediaId)
                : rows.OrderBy(Key).ThenBy(row => row.Entry.MediaId);
        }

        public override EntryCursor CursorAt(EntryRow row) => EntryCursor.Of(SentName, _keyOf(row), row.Entry.MediaId);

        public override bool Takes(EntryCursor cursor) => cursor.Order == SentName && cursor.TryRead<TKey>(out _);

        private Expression<Func<EntryRow, bool>> Beyond(TKey key, int mediaId)
        {
            // As fields of an object, so that the values are parameters of the query and not parts of it.
            var last = Expression.Constant(new Last(key, mediaId));
            var compared =
                typeof(TKey) == typeof(string)
                    ? Expression.Call(
                        typeof(string),
                        nameof(string.Compare),
                        null,
                        Key.Body,
                        Expression.Property(last, nameof(Last.Key))
                    )
                    : null;
            Expression left = compared ?? Key.Body;
            Expression right = compared is null ? Expression.Property(last, nameof(Last.Key)) : Expression.Constant(0);
            var id = Expression.Property(
                Expression.Property(Key.Parameters[0], nameof(EntryRow.Entry)),
                nameof(ListEntry.MediaId)
            );
            var lastId = Expression.Property(last, nameof(Last.MediaId));
            return Expression.Lambda<Func<EntryRow, bool>>(
                Expression.OrElse(
                    Order(left, right),
                    Expression.AndAlso(Expression.Equal(left, right), Order(id, lastId))
                ),
                Key.Parameters
            );
        }

        private BinaryExpression Order(Expression left, Expression right) =>
            IsDescending ? Expression.LessThan(left, right) : Expression.GreaterThan(left, right);

        // A row that has been read may have no title, where SQL has null.
        private static Func<EntryRow, TKey> KeyOfLoaded(Expression<Func<EntryRow, TKey>> key)
        {
            var compiled = key.Compile();
            return row =>
                row.Title is null && typeof(TKey) == typeof(string) ? (TKey)(object)string.Empty : compiled(row);
        }

        private sealed record Last(TKey Key, int MediaId);
    }
}
