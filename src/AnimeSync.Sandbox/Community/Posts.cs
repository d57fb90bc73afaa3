namespace AnimeSync.Sandbox.Community;

/// <summary>Everything users wrote or did, by id; ids are given once, whatever the kind.</summary>
internal sealed class Posts
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<int, Post> posts = [];

    // A list of ten thousand titles is saved without a look at ten thousand activities.
    private readonly Dictionary<int, int> lastListActivity = [];

    private int lastId = 700_000_000;

    public T? Find<T>(int id)
        where T : Post
    {
        lock (gate)
        {
            return posts.GetValueOrDefault(id) as T;
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<T> All<T>()
        where T : Post
    {
        lock (gate)
        {
            return [.. posts.Values.OfType<T>()];
        }
    }

    public T Add<T>(Func<int, T> create)
        where T : Post
    {
        lock (gate)
        {
            var post = create(++lastId);
            posts[post.Id] = post;
            if (post is Activity { IsList: true })
            {
                lastListActivity[post.UserId] = post.Id;
            }

            return post;
        }
    }

    /// <summary>The caller's function sees the newest state; null when the post is gone or of another kind.</summary>
    public T? Change<T>(int id, Func<T, T> change)
        where T : Post
    {
        lock (gate)
        {
            if (posts.GetValueOrDefault(id) is not T post)
            {
                return null;
            }

            var changed = change(post);
            posts[id] = changed;
            return changed;
        }
    }

    public Activity? LastListActivityOf(int userId)
    {
        lock (gate)
        {
            return lastListActivity.TryGetValue(userId, out var id) ? posts.GetValueOrDefault(id) as Activity : null;
        }
    }

    /// <summary>Removes the post and what answers it.</summary>
    public void Remove(int id)
    {
        lock (gate)
        {
            posts.Remove(id);
            var answers = posts
                .Values.Where(post =>
                    post is ActivityReply reply && reply.ActivityId == id
                    || post is ThreadComment comment && (comment.ThreadId == id || comment.ParentId == id)
                )
                .Select(post => post.Id)
                .ToList();
            foreach (var answer in answers)
            {
                Remove(answer);
            }
        }
    }
}
