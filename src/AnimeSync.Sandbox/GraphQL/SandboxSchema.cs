using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Airing;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Community;
using AnimeSync.Sandbox.Lists;
using GraphQL;
using GraphQL.Conversion;
using GraphQL.Types;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>The schema file, with a resolver for every field: a special one where the table has it, else the member of that name.</summary>
internal static class SandboxSchema
{
    public static ISchema Create(
        MediaCatalogue catalogue,
        UserAccounts accounts,
        UserLists lists,
        CommunityMembers community,
        TimeProvider clock
    )
    {
        var special = new Dictionary<string, Func<IResolveFieldContext, object?>>
        {
            ["Query.Page"] = PageSlice.Open,
            ["Page.pageInfo"] = context => ((PageSlice)context.Source!).InfoAfterwards(),
        };
        var calendar = new AiringCalendar(catalogue, clock);
        new MediaResolvers(catalogue, lists, calendar).AddTo(special);
        new MediaDetailResolvers(catalogue, calendar).AddTo(special);
        new AiringResolvers(catalogue, calendar).AddTo(special);
        new ListResolvers(catalogue, accounts, lists, community.Follows).AddTo(special);
        new UserResolvers(catalogue, accounts, lists).AddTo(special);
        new FavouriteResolvers(catalogue, accounts, community.People).AddTo(special);
        new StatisticsResolvers(catalogue, lists, community.People).AddTo(special);
        new ListMutations(catalogue, accounts, lists, clock).AddTo(special);
        new AccountMutations(accounts, lists, clock).AddTo(special);
        // After the list's own, since saving an entry is told of as an activity.
        new CommunityResolvers(catalogue, accounts, lists, community, clock).AddTo(special);

        using var reader = new StreamReader(
            typeof(SandboxSchema).Assembly.GetManifestResourceStream("schema.graphqls")!
        );
        Schema? made = null;
        var schema = Schema.For(
            reader.ReadToEnd(),
            builder =>
            {
                foreach (var union in (string[])["ActivityUnion", "LikeableUnion", "NotificationUnion"])
                {
                    // A member of a union says itself what it is.
                    builder.Types.For(union).ResolveType = value =>
                        (IObjectGraphType)made!.AllTypes[(string)((Facts)value)["__typename"]!]!;
                }
            }
        );
        made = schema;
        // The default would write AniList's root fields in camel case.
        schema.NameConverter = DefaultNameConverter.Instance;
        schema.RegisterType(new JsonScalar());
        schema.RegisterType(new CountryCodeScalar());
        schema.RegisterType(new FuzzyDateIntScalar());
        schema.Initialize();
        foreach (
            var type in schema
                .AllTypes.OfType<IObjectGraphType>()
                .Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal))
        )
        {
            foreach (var field in type.Fields)
            {
                field.Resolver = special.TryGetValue($"{type.Name}.{field.Name}", out var resolve)
                    ? new SpecialResolver(resolve)
                    : new MemberResolver(field);
            }
        }

        return schema;
    }
}
