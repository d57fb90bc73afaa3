using System.Diagnostics;
using AnimeSync.AniList.Operations;

namespace AnimeSync.AniList.Gateway;

/// <summary>One request that waits for its turn. Belongs to the queue, whose lock guards what changes.</summary>
/// <param name="body">What a call of its own sends.</param>
/// <param name="fold">Reads the operation as parts of a larger one; null when it must go alone.</param>
/// <param name="enteredAt">By the clock's timestamps.</param>
internal sealed class Ticket(
    Lane lane,
    Guid asker,
    ReadOnlyMemory<byte> body,
    string? token,
    Func<FoldableOperation?>? fold,
    long enteredAt
)
{
    private readonly TaskCompletionSource<GatewayAnswer> _answer = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private Func<FoldableOperation?>? _fold = fold;

    public Lane Lane => lane;

    public Guid Asker => asker;

    public ReadOnlyMemory<byte> Body => body;

    public string? Token => token;

    public long EnteredAt => enteredAt;

    public bool IsMutation { get; init; }

    /// <summary>A query that changes something.</summary>
    public bool IsOnceOnly { get; init; }

    /// <inheritdoc cref="GatewayQuestion.IsAbsenceEnough"/>
    public bool IsAbsenceEnough { get; init; }

    /// <summary>Writes what is sent when the turn has come, in place of <see cref="Body"/>; null when nothing is any more.</summary>
    public Func<ValueTask<DirectRequestBody?>>? WriteBody { get; init; }

    /// <summary>Wants the permit itself; the request is sent by whoever asked.</summary>
    public bool IsPermitOnly { get; init; }

    /// <summary>Whether it lets a free permit go by for a moment, so that others can go with it.</summary>
    public bool WaitsForCompanions { get; init; }

    /// <summary>Not before this moment, unless others go.</summary>
    public long RipeAt { get; set; }

    /// <summary>The end of its patience while it waits in the queue.</summary>
    public long ExpiresAt { get; set; }

    /// <summary>Null when it must go alone.</summary>
    public FoldableOperation? Parts { get; private set; }

    /// <summary>Only tickets of one circle share a request: null is everybody's, a batch that is split makes its own.</summary>
    public object? Circle { get; set; }

    public bool WasRepeated { get; set; }

    public LinkedListNode<Ticket>? Place { get; set; }

    public LinkedListNode<Ticket>? PlaceAmongFoldable { get; set; }

    public ActivityContext Context { get; } = Activity.Current?.Context ?? default;

    public Task<GatewayAnswer> Answer => _answer.Task;

    /// <summary>What it costs of a request: a part of one when others can go with it.</summary>
    public double Weight =>
        Parts is null ? 1
        : Parts.Fields is [{ MediaId: not null }] ? 1.0 / Batch.Ids
        : (double)Parts.Complexity / Batch.Complexity;

    /// <summary>Reads the parts, which is not worth doing for a request that goes at once.</summary>
    public void Prepare()
    {
        if (_fold is { } read)
        {
            _fold = null;
            Parts = read() is { } parts && !parts.Fields.Any(UsesOurName) ? parts : null;
        }
    }

    // A client's own field of that name would be taken for ours.
    private static bool UsesOurName(RootField field) =>
        field.Text.Contains(FoldedDocument.IdName, StringComparison.Ordinal);

    /// <summary>Whether asking twice does no harm: a read, or an edit that sets what it names.</summary>
    public bool IsRepeatable()
    {
        Prepare();
        return !IsOnceOnly && (!IsMutation || Parts is not null);
    }

    /// <summary>From now on it goes by itself, so that it harms nobody.</summary>
    public void Isolate() => (_fold, Parts) = (null, null);

    /// <summary>The first answer stays; another one is disposed.</summary>
    public void Complete(GatewayAnswer answer)
    {
        if (!_answer.TrySetResult(answer))
        {
            answer.Dispose();
        }
    }
}
