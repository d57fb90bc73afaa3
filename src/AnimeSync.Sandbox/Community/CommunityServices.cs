using AnimeSync.Sandbox.People;

namespace AnimeSync.Sandbox.Community;

internal static class CommunityServices
{
    public static IServiceCollection AddCommunity(this IServiceCollection services) =>
        services
            .AddSingleton<PeopleIndex>()
            .AddSingleton<Posts>()
            .AddSingleton<Follows>()
            .AddSingleton<Notifications>()
            .AddSingleton<Conversation>()
            .AddSingleton<ListActivities>()
            .AddSingleton<CatalogueChanges>()
            .AddSingleton(provider =>
            {
                var community = ActivatorUtilities.CreateInstance<CommunityMembers>(provider);
                SampleCommunity.Play(community);
                return community;
            });
}

/// <summary>What the community's resolvers work on, with the sample posts in it.</summary>
internal sealed record CommunityMembers(
    PeopleIndex People,
    Posts Posts,
    Follows Follows,
    Notifications Notifications,
    Conversation Conversation,
    ListActivities ListActivities
);
