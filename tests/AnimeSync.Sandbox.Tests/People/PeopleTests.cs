using System.Net;
using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.People;

public sealed class PeopleTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task A_character_its_titles_and_its_voices_lead_to_each_other()
    {
        var data = await sandbox.DataAsync(
            """
            {
              Media(id: 5114) { characters(sort: [ROLE, FAVOURITES_DESC], perPage: 1) { pageInfo { total hasNextPage } edges { role node { id } voiceActors { id } } } }
              Character(id: 11) { name { full userPreferred } media(sort: START_DATE, type: ANIME) { edges { characterRole node { id } voiceActors(language: JAPANESE) { id } } } }
              Staff(id: 900008) { characters { edges { role node { id } media { id } } } characterMedia { edges { characterRole characters { id } node { id } } } }
            }
            """
        );
        var cast = data.GetProperty("Media").GetProperty("characters");
        var films = Edges(data.GetProperty("Character").GetProperty("media"));
        var voice = data.GetProperty("Staff");

        Assert.Equal(3, cast.GetProperty("pageInfo").GetProperty("total").GetInt32());
        Assert.True(cast.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
        Assert.Equal(11, IdOf(Edges(cast).Single().GetProperty("node")));
        Assert.Equal([121, 5114], films.Select(edge => IdOf(edge.GetProperty("node"))));
        Assert.All(films, edge => Assert.Equal(900008, IdOf(edge.GetProperty("voiceActors")[0])));
        Assert.Equal(11, IdOf(Edges(voice.GetProperty("characters")).Single().GetProperty("node")));
        Assert.Equal(
            [121, 5114],
            Edges(voice.GetProperty("characterMedia")).Select(edge => IdOf(edge.GetProperty("node")))
        );
    }

    [Fact]
    public async Task A_staff_members_works_can_be_narrowed_and_sorted()
    {
        var token = await sandbox.TokenOfAsync("solo");
        var data = await sandbox.DataAsync(
            """
            { Staff(id: 96881) {
                all: staffMedia(sort: [ID_DESC]) { edges { staffRole node { id } } }
                manga: staffMedia(type: MANGA) { nodes { id } }
                onList: staffMedia(onList: true) { nodes { id } }
                second: staffMedia(page: 2, perPage: 1) { nodes { id } pageInfo { currentPage hasNextPage } }
            } }
            """,
            token: token
        );
        var staff = data.GetProperty("Staff");

        Assert.Equal([30013, 21], Edges(staff.GetProperty("all")).Select(edge => IdOf(edge.GetProperty("node"))));
        Assert.Equal("Story & Art", Edges(staff.GetProperty("all")).First().GetProperty("staffRole").GetString());
        Assert.Equal([30013], Ids(staff.GetProperty("manga")));
        Assert.Empty(Ids(staff.GetProperty("onList")));
        Assert.Single(Ids(staff.GetProperty("second")));
        Assert.False(staff.GetProperty("second").GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
    }

    [Fact]
    public async Task A_studio_found_by_name_has_its_titles()
    {
        var data = await sandbox.DataAsync("{ Page { studios(search: \"ghibli\") { id name isAnimationStudio } } }");
        var studio = data.GetProperty("Page").GetProperty("studios")[0];
        var found = await sandbox.DataAsync(
            "query ($id: Int) { Studio(id: $id) { main: media(isMain: true, sort: ID) { edges { isMainStudio node { id } } } other: media(isMain: false) { nodes { id } } } }",
            new { id = IdOf(studio) }
        );
        var films = Edges(found.GetProperty("Studio").GetProperty("main"));

        Assert.Equal("Studio Ghibli", studio.GetProperty("name").GetString());
        Assert.Subset(
            films.Select(edge => IdOf(edge.GetProperty("node"))).ToHashSet(),
            new HashSet<int> { 164, 199, 431, 523 }
        );
        Assert.All(films, edge => Assert.True(edge.GetProperty("isMainStudio").GetBoolean()));
        Assert.Empty(Ids(found.GetProperty("Studio").GetProperty("other")));
    }

    [Theory]
    [InlineData("characters(search: \"elric\", sort: FAVOURITES_DESC) { id }", new[] { 11, 12 })]
    [InlineData("characters(search: \"Okarin\") { id }", new[] { 35252 })]
    [InlineData("staff(search: \"miyazaki hayao\") { id }", new[] { 96870 })]
    [InlineData("staff(id: 95011) { id }", new[] { 95011 })]
    [InlineData("characters(search: \"nobody at all\") { id }", new int[0])]
    public async Task Search_finds_every_name_somebody_has(string field, int[] expected)
    {
        var page = (await sandbox.DataAsync($"{{ Page {{ {field} }} }}")).GetProperty("Page");

        Assert.Equal(expected, page.EnumerateObject().Single().Value.EnumerateArray().Select(IdOf));
    }

    [Fact]
    public async Task Only_those_born_on_this_day_have_their_birthday()
    {
        var today = TimeProvider.System.GetUtcNow();
        var data = await sandbox.DataAsync(
            "{ Page { characters(isBirthday: true) { dateOfBirth { month day } } staff(isBirthday: true) { dateOfBirth { month day } } } }"
        );

        Assert.All(
            data.GetProperty("Page").EnumerateObject().SelectMany(field => field.Value.EnumerateArray()),
            person =>
            {
                Assert.Equal(today.Month, person.GetProperty("dateOfBirth").GetProperty("month").GetInt32());
                Assert.Equal(today.Day, person.GetProperty("dateOfBirth").GetProperty("day").GetInt32());
            }
        );
    }

    [Fact]
    public async Task The_dead_do_not_grow_older()
    {
        var staff = (await sandbox.DataAsync("{ Staff(id: 900002) { age dateOfDeath { year } } }")).GetProperty(
            "Staff"
        );

        Assert.Equal(67, staff.GetProperty("age").GetInt32());
        Assert.Equal(2018, staff.GetProperty("dateOfDeath").GetProperty("year").GetInt32());
    }

    [Fact]
    public async Task Descriptions_are_Markdown_and_HTML_when_asked()
    {
        var character = (
            await sandbox.DataAsync("{ Character(id: 12) { plain: description html: description(asHtml: true) } }")
        ).GetProperty("Character");

        Assert.StartsWith("__Occupation:__ alchemist.", character.GetProperty("plain").GetString());
        Assert.StartsWith("<p><strong>Occupation:</strong> alchemist.", character.GetProperty("html").GetString());
        Assert.Contains("markdown_spoiler", character.GetProperty("html").GetString());
    }

    [Theory]
    [InlineData("character(id: 1)", "Character")]
    [InlineData("staff(id: 95011)", "Staff")]
    public async Task Portraits_are_drawn_by_the_sandbox_itself(string field, string type)
    {
        var query = $"{{ {type}{field[field.IndexOf('(')..]} {{ name {{ full }} image {{ large }} }} }}";
        var person = (await sandbox.DataAsync(query)).GetProperty(type);
        using var portrait = await sandbox.Http.GetAsync(
            person.GetProperty("image").GetProperty("large").GetString(),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.OK, portrait.StatusCode);
        Assert.Contains(
            person.GetProperty("name").GetProperty("full").GetString()!,
            await portrait.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData("Character")]
    [InlineData("Staff")]
    [InlineData("Studio")]
    public async Task Who_is_not_there_is_not_found(string field)
    {
        var (status, body) = await sandbox.RefusalAsync($"{{ {field}(id: 1999999) {{ id }} }}");

        Assert.Equal(404, status);
        Assert.Contains("\"Not Found.\"", body);
    }

    private static int IdOf(JsonElement element) => element.GetProperty("id").GetInt32();

    private static IEnumerable<JsonElement> Edges(JsonElement connection) =>
        connection.GetProperty("edges").EnumerateArray();

    private static IEnumerable<int> Ids(JsonElement connection) =>
        connection.GetProperty("nodes").EnumerateArray().Select(IdOf);
}
