using AnimeSync.Sandbox.Community;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Changing posts: everybody's own only, by the call's <c>id</c>.</summary>
internal static class OwnPosts
{
    public static T Change<T>(IResolveFieldContext context, Posts posts, Func<T, T> change)
        where T : Post => posts.Change(Own<T>(context, posts).Id, change) ?? throw AniListError.NotFound();

    public static Facts Delete<T>(IResolveFieldContext context, Posts posts)
        where T : Post
    {
        posts.Remove(Own<T>(context, posts).Id);
        return new() { ["deleted"] = true };
    }

    public static string Required(IResolveFieldContext context, string argument) =>
        context.Given<string>(argument) is { Length: > 0 } text
            ? text
            : throw AniListError.Invalid(argument, $"The {argument} field is required.");

    /// <summary>As <c>subscribe</c> says; without it the other way round.</summary>
    public static T Subscribe<T>(IResolveFieldContext context, T post, int userId)
        where T : Post
    {
        var without = post.Subscribers.Remove(userId);
        var wanted = context.IsGiven("subscribe")
            ? context.Given<bool>("subscribe")
            : !post.Subscribers.Contains(userId);
        return post with { Subscribers = wanted ? without.Add(userId) : without };
    }

    private static T Own<T>(IResolveFieldContext context, Posts posts)
        where T : Post
    {
        var viewer = Call.ViewerOf(context);
        return context.GivenInt("id") is { } id && posts.Find<T>(id) is { } post && post.UserId == viewer.Id
            ? post
            : throw AniListError.Invalid("id", "The selected id is invalid.");
    }
}
