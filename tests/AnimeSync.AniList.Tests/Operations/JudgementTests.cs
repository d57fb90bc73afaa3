using AnimeSync.AniList.Operations;

namespace AnimeSync.AniList.Tests.Operations;

public sealed class JudgementTests
{
    [Theory]
    [InlineData("{Media(id:1){id title{romaji english native}}}", AnswerKind.Title)]
    [InlineData("{__typename}", AnswerKind.Constant)]
    [InlineData("{GenreCollection}", AnswerKind.Constant)]
    [InlineData("{MediaTagCollection{name}}", AnswerKind.Constant)]
    [InlineData("{Character(id:1){name{full}}}", AnswerKind.Person)]
    [InlineData("{Page(page:1){pageInfo{total} media(search:\"x\"){id}}}", AnswerKind.Search)]
    [InlineData("{User(name:\"x\"){id statistics{anime{count}}}}", AnswerKind.Profile)]
    [InlineData("{Page{threads{title user{name}}}}", AnswerKind.Community)]
    [InlineData("{Page{airingSchedules{airingAt media{id}}}}", AnswerKind.Airing)]
    [InlineData("{Media(id:1){id} Page{airingSchedules{airingAt}} GenreCollection}", AnswerKind.Airing)]
    [InlineData("{GenreCollection Media(id:1){id}}", AnswerKind.Title)]
    [InlineData("{Media(id:1){id} a:Page@skip(if:true){airingSchedules{id}}}", AnswerKind.Title)]
    public void A_public_answer_is_as_short_lived_as_its_shortest_lived_part(string text, AnswerKind kind)
    {
        var operation = Asking.Read(text);

        Assert.True(operation is { IsPublic: true, IsMutation: false, HasSideEffects: false });
        Assert.Equal(kind, operation.Kind);
    }

    [Theory]
    [InlineData("{Viewer{id}}")]
    [InlineData("{Media(id:1){id mediaListEntry{id}}}")]
    [InlineData("{Media(id:1){id isFavourite@skip(if:true)}}")]
    [InlineData("{Media(id:1){title{userPreferred}}}")]
    [InlineData("{Media(id:1,onList:true){id}}")]
    [InlineData("{Page{media(onList:false){id}}}")]
    [InlineData("{Page{mediaList(userId:1){id}}}")]
    [InlineData("{Page{notifications{...on AiringNotification{id}}}}")]
    [InlineData("{Page{activities{...on TextActivity{id}}}}")]
    [InlineData("{MediaListCollection(userId:1,type:ANIME){lists{name}}}")]
    [InlineData("{User(id:1){isFollowing}}")]
    [InlineData("{User(id:1){options{titleLanguage}}}")]
    [InlineData("{Page{reviews(userId:1){id}}}")]
    [InlineData("{Review(id:1){private}}")]
    [InlineData("{Media(id:1){id{x}}}")]
    [InlineData("{Media(id:1)}")]
    [InlineData("{Media(id:1){noSuchField}}")]
    [InlineData("{Media(id:1,noSuchArgument:1){id}}")]
    [InlineData("{Media(id:1){...on Character{id}}}")]
    [InlineData("{Media(id:1){...Missing}}")]
    [InlineData("{Media(id:1){id@custom}}")]
    [InlineData("query @custom{Media(id:1){id}}")]
    [InlineData("query($i:Int@custom){Media(id:$i){id}}")]
    [InlineData("{__schema{types{name}}}")]
    [InlineData("{__type(name:\"Media\"){name}}")]
    [InlineData("mutation{ToggleFavourite(animeId:1){anime{nodes{id}}}}")]
    [InlineData("mutation{Media(id:1){id}}")]
    [InlineData("subscription{Media(id:1){id}}")]
    public void Whatever_is_not_listed_is_the_callers(string text)
    {
        var operation = Asking.Read(text);

        Assert.False(operation.IsPublic);
        Assert.Equal(AnswerKind.Airing, operation.Kind);
        Assert.Null(Asking.Fold(text));
    }

    [Theory]
    [InlineData("{Notification(resetNotificationCount:true){__typename}}", null, true)]
    [InlineData("{Notification(resetNotificationCount:false){__typename}}", null, false)]
    [InlineData("{Notification(resetNotificationCount:null){__typename}}", null, true)]
    [InlineData("{Notification{__typename}}", null, false)]
    [InlineData("{Page{notifications(resetNotificationCount:true){__typename}}}", null, true)]
    [InlineData("{Page{notifications(resetNotificationCount:true)@skip(if:true){__typename}}}", null, true)]
    [InlineData("{...F} fragment F on Query{Notification(resetNotificationCount:true){__typename}}", null, true)]
    [InlineData("query($r:Boolean){Notification(resetNotificationCount:$r){__typename}}", """{"r":true}""", true)]
    [InlineData("query($r:Boolean){Notification(resetNotificationCount:$r){__typename}}", """{"r":false}""", false)]
    [InlineData(
        "query($r:Boolean=true){Notification(resetNotificationCount:$r){__typename}}",
        """{"r":false}""",
        false
    )]
    [InlineData("query($r:Boolean=false){Notification(resetNotificationCount:$r){__typename}}", null, false)]
    [InlineData("query($r:Boolean){Notification(resetNotificationCount:$r){__typename}}", null, true)]
    [InlineData("query($r:Boolean){Notification(resetNotificationCount:$r){__typename}}", """{"r":0}""", true)]
    [InlineData("{Notification(resetNotificationCount:$r){__typename}}", """{"r":false}""", true)]
    [InlineData("mutation{ToggleFavourite(animeId:1){anime{nodes{id}}}}", null, true)]
    [InlineData("{Viewer{id}}", null, false)]
    public void Only_a_certain_false_leaves_the_notification_count_alone(string text, string? variables, bool has) =>
        Assert.Equal(has, Asking.Read(text, variables).HasSideEffects);
}
