using AnimeSync.AniList.Operations;

namespace AnimeSync.AniList.Tests.Operations;

public sealed class FoldingTests
{
    [Fact]
    public void A_media_by_id_tells_its_id_and_selection()
    {
        var folded = Asking.Fold(
            "query($i:Int){a:Media(id:$i){id ...T}} fragment T on Media{title{romaji}}",
            """{"i":7}"""
        );

        var field = Assert.Single(folded!.Fields);
        Assert.Equal(new("a", "Media(id:7){id title{romaji}}", 4, 7, "{id title{romaji}}"), field);
        Assert.Equal(4, folded.Complexity);
        Assert.False(folded.IsMutation);
    }

    [Theory]
    [InlineData("{Media(id:1,type:ANIME){id}}")]
    [InlineData("{Media(idMal:1){id}}")]
    [InlineData("{Media(id:null){id}}")]
    [InlineData("{Media{id}}")]
    [InlineData("{Character(id:1){id}}")]
    public void Other_fields_are_not_a_media_by_id(string text)
    {
        var field = Assert.Single(Asking.Fold(text)!.Fields);

        Assert.Null(field.MediaId);
        Assert.Null(field.Selection);
    }

    [Fact]
    public void Several_root_fields_stay_in_order_with_their_own_complexity()
    {
        var folded = Asking.Fold(
            "{x:Page(perPage:2,page:1){media(sort:ID){id}} ...on Query{GenreCollection} __typename}"
        );

        Assert.Equal(
            [
                new("x", "Page(page:1,perPage:2){media(sort:[ID]){id}}", 3, null, null),
                new("GenreCollection", "GenreCollection", 1, null, null),
                new RootField("__typename", "__typename", 1, null, null),
            ],
            folded!.Fields
        );
        Assert.Equal(5, folded.Complexity);
    }

    [Fact]
    public void Saving_entries_is_folded_with_the_callers_fields()
    {
        const string save = """
            mutation($id:Int,$score:Float,$notes:String,$lists:[String],$start:FuzzyDateInput){
              one:SaveMediaListEntry(mediaId:$id,status:CURRENT,score:$score,notes:$notes,customLists:$lists,
                startedAt:$start,completedAt:{year:2020 month:null}){id media{title{userPreferred} isFavourite}}
              SaveMediaListEntry(id:5,progress:3){id}
            }
            """;
        const string variables = """
            {"id":7,"score":8.50,"notes":"a \"b\"\n","lists":["x"],"start":{"month":2,"year":2020}}
            """;

        var folded = Asking.Fold(save, variables);

        Assert.True(folded!.IsMutation);
        Assert.Equal(
            [
                """SaveMediaListEntry(completedAt:{month:null,year:2020},customLists:["x"],mediaId:7,notes:"a \"b\"\n","""
                    + "score:8.50,startedAt:{month:2,year:2020},status:CURRENT){id media{title{userPreferred} isFavourite}}",
                "SaveMediaListEntry(id:5,progress:3){id}",
            ],
            folded.Fields.Select(field => field.Text)
        );
    }

    [Theory]
    [InlineData("mutation{ToggleFavourite(animeId:1){anime{nodes{id}}}}", null)]
    [InlineData("mutation{DeleteMediaListEntry(id:1){deleted}}", null)]
    [InlineData("mutation{SaveMediaListEntry(mediaId:1){id} DeleteMediaListEntry(id:1){deleted}}", null)]
    [InlineData("mutation{SaveMediaListEntry(mediaId:1){id} __typename}", null)]
    [InlineData("mutation{SaveMediaListEntry(mediaId:1){id} SaveMediaListEntry(mediaId:2){id}}", null)]
    [InlineData("mutation{SaveMediaListEntry(mediaId:1,startedAt:{year:2020 hour:1}){id}}", null)]
    [InlineData("mutation{SaveMediaListEntry(mediaId:1,startedAt:{year:2020 year:2021}){id}}", null)]
    [InlineData("mutation{SaveMediaListEntry(mediaId:1,startedAt:{year:2020.0}){id}}", null)]
    [InlineData("mutation($y:Int){SaveMediaListEntry(mediaId:1,startedAt:{year:$y}){id}}", """{"y":2020}""")]
    [InlineData(
        "mutation($d:FuzzyDateInput){SaveMediaListEntry(mediaId:1,startedAt:$d){id}}",
        """{"d":{"year":"2020"}}"""
    )]
    [InlineData(
        "mutation($d:FuzzyDateInput){SaveMediaListEntry(mediaId:1,startedAt:$d){id}}",
        """{"d":{"hour":2020}}"""
    )]
    [InlineData("mutation($s:Float){SaveMediaListEntry(mediaId:1,score:$s){id}}", """{"s":"8"}""")]
    [InlineData("mutation{SaveMediaListEntry(mediaId:1,notes:7){id}}", null)]
    public void Nothing_else_is_folded_that_changes_something(string text, string? variables)
    {
        Assert.Null(Asking.Fold(text, variables));

        var operation = Asking.Read(text, variables);
        Assert.True(operation is { IsMutation: true, IsPublic: false, HasSideEffects: true });
    }
}
