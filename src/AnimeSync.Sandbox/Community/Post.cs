using System.Collections.Immutable;

namespace AnimeSync.Sandbox.Community;

/// <summary>Something a user wrote or did that others can see; replaced as a whole when it changes. Times are unix seconds.</summary>
internal abstract record Post(int Id, int UserId, int CreatedAt)
{
    public string Text { get; init; } = "";

    public int UpdatedAt { get; init; } = CreatedAt;

    /// <summary>Those who like it, in the order in which they said so.</summary>
    public ImmutableList<int> Likes { get; init; } = [];

    /// <summary>Those who are told of answers, besides the author.</summary>
    public ImmutableList<int> Subscribers { get; init; } = [];
}

/// <summary>An activity of one of AniList's kinds: TEXT, ANIME_LIST, MANGA_LIST or MESSAGE.</summary>
internal sealed record Activity(int Id, int UserId, int CreatedAt, string Type) : Post(Id, UserId, CreatedAt)
{
    /// <summary>To whom a message goes.</summary>
    public int? RecipientId { get; init; }

    public bool IsPrivate { get; init; }

    public bool IsPinned { get; init; }

    public int? MediaId { get; init; }

    /// <summary>What was done with the title, in words such as "watched episode".</summary>
    public string? Status { get; init; }

    /// <summary>The first and the last episode or chapter meant.</summary>
    public (int From, int To)? Progress { get; init; }

    public bool IsList => Type is "ANIME_LIST" or "MANGA_LIST";

    public bool IsVisibleTo(int? viewer) => !IsPrivate || viewer == UserId || viewer == RecipientId;
}

internal sealed record ActivityReply(int Id, int UserId, int CreatedAt, int ActivityId) : Post(Id, UserId, CreatedAt);

internal sealed record ForumThread(int Id, int UserId, int CreatedAt, string Title) : Post(Id, UserId, CreatedAt)
{
    public ImmutableList<(int Id, string Name)> Categories { get; init; } = [];

    public ImmutableList<int> MediaIds { get; init; } = [];

    public int ViewCount { get; init; }

    public bool IsSticky { get; init; }

    public bool IsLocked { get; init; }
}

internal sealed record ThreadComment(int Id, int UserId, int CreatedAt, int ThreadId) : Post(Id, UserId, CreatedAt)
{
    public int? ParentId { get; init; }
}

internal sealed record Review(int Id, int UserId, int CreatedAt, int MediaId) : Post(Id, UserId, CreatedAt)
{
    public string Summary { get; init; } = "";

    public int Score { get; init; }

    public bool IsPrivate { get; init; }

    /// <summary>UP_VOTE or DOWN_VOTE by user.</summary>
    public ImmutableDictionary<int, string> Votes { get; init; } = ImmutableDictionary<int, string>.Empty;
}

/// <summary>"Who likes this title may like that one", with everybody's opinion of it.</summary>
internal sealed record Recommendation(int Id, int UserId, int CreatedAt, int MediaId, int OtherMediaId)
    : Post(Id, UserId, CreatedAt)
{
    /// <summary>Opinions from before the sandbox began.</summary>
    public int BaseRating { get; init; }

    /// <summary>RATE_UP or RATE_DOWN by user.</summary>
    public ImmutableDictionary<int, string> Ratings { get; init; } = ImmutableDictionary<int, string>.Empty;

    public int Rating =>
        BaseRating
        + Ratings.Values.Sum(rating =>
            rating switch
            {
                "RATE_UP" => 1,
                "RATE_DOWN" => -1,
                _ => 0,
            }
        );
}
