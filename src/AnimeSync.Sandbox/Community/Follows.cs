namespace AnimeSync.Sandbox.Community;

/// <summary>Who follows whom.</summary>
internal sealed class Follows
{
    private readonly Lock gate = new();
    private readonly HashSet<(int Follower, int Followed)> follows = [];

    /// <summary>Whether the one follows the other afterwards.</summary>
    public bool Toggle(int follower, int followed)
    {
        lock (gate)
        {
            return follows.Add((follower, followed)) || !follows.Remove((follower, followed));
        }
    }

    public bool IsFollowing(int follower, int followed)
    {
        lock (gate)
        {
            return follows.Contains((follower, followed));
        }
    }

    public IReadOnlySet<int> FollowedBy(int userId)
    {
        lock (gate)
        {
            return follows.Where(pair => pair.Follower == userId).Select(pair => pair.Followed).ToHashSet();
        }
    }

    public IReadOnlySet<int> FollowersOf(int userId)
    {
        lock (gate)
        {
            return follows.Where(pair => pair.Followed == userId).Select(pair => pair.Follower).ToHashSet();
        }
    }
}
