namespace AnimeSync.AniList.Tests.Operations;

public sealed class KeyTests
{
    [Theory]
    [InlineData("{Media(id:1){id}}", "query Q($id:Int){Media(id:$id){id}}", """{"id":1}""")]
    [InlineData("{Media(id:1){id}}", "query Q($id:Int!){Media(id:$id){id}}", """{"id":1,"more":[2]}""")]
    [InlineData("{Media(id:1){id}}", "query Q($id:Int=1){Media(id:$id){id}}", null)]
    [InlineData("{Media(id:1){id}}", "query Q($id:Int!=1){Media(id:$id){id}}", "{}")]
    [InlineData("{Media(id:1){id}}", "query Q($id:Int=2){Media(id:$id){id}}", """{"id":1}""")]
    [InlineData("{Media(id:1){id}}", "query Q($t:MediaType){Media(id:1,type:$t){id}}", null)]
    [InlineData("{Media(id:1){id}}", "{Media:Media(id:1){... on Media{id}}}", null)]
    [InlineData("{Media(id:1){id}}", "{...on Query{...{Media(id:1){id}}}}", null)]
    [InlineData("{Media(id:1){id}}", "query($a:Boolean=false){Media(id:1){id idMal@include(if:$a)}}", null)]
    [InlineData("{Media(id:0){id}}", "{Media(id:-0){id}}", null)]
    [InlineData("{Media(type:ANIME){id}}", "query($t:MediaType){Media(type:$t){id}}", """{"t":"ANIME"}""")]
    [InlineData("{Media(type:null){id}}", "query($t:MediaType=ANIME){Media(type:$t){id}}", """{"t":null}""")]
    [InlineData("{Media(id_in:[1,2]){id}}", "query($i:[Int!]!){Media(id_in:$i){id}}", """{"i":[1,2]}""")]
    [InlineData("{Media(id_in:[1]){id}}", "{Media(id_in:1){id}}", null)]
    [InlineData("{Media(id_in:[1]){id}}", "query($i:[Int]){Media(id_in:$i){id}}", """{"i":1}""")]
    [InlineData("{Media(id_in:[null]){id}}", "query($i:[Int]){Media(id_in:$i){id}}", """{"i":[null]}""")]
    [InlineData("{Media(sort:[ID]){id}}", "query($s:[MediaSort]){Media(sort:$s){id}}", """{"s":["ID"]}""")]
    [InlineData("""{Media(search:"a\"\\b"){id}}""", """query($s:String){Media(search:$s){id}}""", """{"s":"a\"\\b"}""")]
    [InlineData("""{Media(search:"é😀"){id}}""", """{Media(search:"\u00e9\uD83D\ude00"){id}}""", null)]
    [InlineData(
        """{Media(search:"é😀"){id}}""",
        "query($s:String){Media(search:$s){id}}",
        """{"s":"\u00e9\ud83d\uDE00"}"""
    )]
    [InlineData("""{Media(search:"a\n b"){id}}""", "{Media(search:\"\"\"\n  a\n   b\n\"\"\"){id}}", null)]
    [InlineData("""{Media(search:"/"){id}}""", "query($s:String){Media(search:$s){id}}", """{"s":"\/"}""")]
    [InlineData(
        "{Media(startDate_greater:20200000){id}}",
        "query($d:FuzzyDateInt){Media(startDate_greater:$d){id}}",
        """{"d":20200000}"""
    )]
    [InlineData(
        """{Media(countryOfOrigin:"JP"){id}}""",
        "query($c:CountryCode){Media(countryOfOrigin:$c){id}}",
        """{"c":"JP"}"""
    )]
    public void Two_spellings_of_one_question_have_one_key(string one, string other, string? variables)
    {
        Assert.NotNull(Asking.Fold(one));
        Assert.NotNull(Asking.Fold(other, variables));
        Assert.Equal(Asking.Read(one), Asking.Read(other, variables));
    }

    [Theory]
    [InlineData("{Media(type:ANIME){id}}", """{Media(type:"ANIME"){id}}""", null)]
    [InlineData("""{Media(search:"ANIME"){id}}""", "{Media(search:ANIME){id}}", null)]
    [InlineData("{Media(id:1){id}}", "{Media(id:1.0){id}}", null)]
    [InlineData("{Media(id:1){id}}", """{Media(id:"1"){id}}""", null)]
    [InlineData("{Media(id:1){id}}", "{Media(id:[1]){id}}", null)]
    [InlineData("{Media(id:1){id}}", "query($i:Int){Media(id:$i){id}}", """{"i":1.0}""")]
    [InlineData("{Media(id:1){id}}", "query($i:Int){Media(id:$i){id}}", """{"i":1e0}""")]
    [InlineData("{Media(id:1){id}}", "query($i:Int){Media(id:$i){id}}", """{"i":"1"}""")]
    [InlineData("{Media(id:1){id}}", "query($i:Int){Media(id:$i){id}}", """{"i":true}""")]
    [InlineData("{Media(id:1){id}}", "query($i:Int){Media(id:$i){id}}", """{"i":[1]}""")]
    [InlineData("{Media(id:1){id}}", "query($i:Int){Media(id:$i){id}}", """{"i":4294967297}""")]
    [InlineData("{Media(id:1){id}}", "query($i:ID){Media(id:$i){id}}", """{"i":1}""")]
    [InlineData("{Media(id:1){id}}", "query($i:Int!){Media(id:$i){id}}", null)]
    [InlineData("{Media(id:1){id}}", "query($i:Int!=1){Media(id:$i){id}}", """{"i":null}""")]
    [InlineData("{Media(id:1){id}}", """query($i:Int="x"){Media(id:$i){id}}""", """{"i":1}""")]
    [InlineData("{Media(id:1){id}}", "query($i:Int){Media(id:1){id}}", """{"i":1}""")]
    [InlineData("{Media(id:1){id}}", "query($i:Int,$i:Int){Media(id:$i){id}}", """{"i":1}""")]
    [InlineData("{Media(id:1){id}}", "{Media(id:$i){id}}", """{"i":1}""")]
    [InlineData("{Media(id:1){id}}", "{Media(id:1,id:1){id}}", null)]
    [InlineData("{Media(id:1){id}}", "{Media(id:1){id} Media(id:1){id}}", null)]
    [InlineData("{Media(id:1){id}}", "{Media(id:1){id idMal@skip}}", null)]
    [InlineData("{Media(id:1){id}}", "{Media(id:1){id idMal@skip(if:true)@skip(if:true)}}", null)]
    [InlineData("{Media(id:1){id}}", """{Media(id:1){id idMal@skip(if:"true")}}""", null)]
    [InlineData("{Media(id:1){id}}", "query($b:Boolean){Media(id:1){id idMal@skip(if:$b)}}", """{"b":true}""")]
    [InlineData("{Media(id:1){id}}", "{Media(id:1){id title@skip(if:true){romaji @skip(if:1)}}}", null)]
    [InlineData("{Media(id:1){id}}", "{Media(id:1){id title@skip(if:true){romaji @skip(if:true)}}}", null)]
    [InlineData("{Media(sort:[ID]){id}}", "query($s:MediaSort){Media(sort:$s){id}}", """{"s":"ID"}""")]
    [InlineData("{Media(sort:[ID]){id}}", """{Media(sort:["ID"]){id}}""", null)]
    [InlineData("{Media(type:true){id}}", "query($t:MediaType){Media(type:$t){id}}", """{"t":"true"}""")]
    [InlineData("{Media(type:null){id}}", "query($t:MediaType){Media(type:$t){id}}", """{"t":"null"}""")]
    [InlineData("{Media(type:A){id}}", "query($t:MediaType){Media(type:$t){id}}", """{"t":"A)"}""")]
    [InlineData("{Media(id_in:[1]){id}}", "query($i:Int){Media(id_in:[$i]){id}}", """{"i":1}""")]
    [InlineData("{Media(id_in:[null]){id}}", "query($i:[Int!]){Media(id_in:$i){id}}", """{"i":[null]}""")]
    [InlineData("{Page{followers(userId:null){id}}}", "{Page{followers{id}}}", null)]
    [InlineData("{Page{followers(userId:1){id}}}", "query($u:Int){Page{followers(userId:$u){id}}}", """{"u":1}""")]
    public void What_AniList_must_judge_has_a_key_of_its_own_and_is_not_folded(
        string valid,
        string other,
        string? variables
    )
    {
        var judged = Asking.Read(other, variables);

        Assert.True(judged.IsPublic);
        Assert.Null(Asking.Fold(other, variables));
        Assert.NotEqual(Asking.Read(valid).Key, judged.Key);
    }

    [Theory]
    [InlineData("{Media(id:1){id}}", "{Media(id:2){id}}")]
    [InlineData("{Media(id:1){id}}", "{m:Media(id:1){id}}")]
    [InlineData("{Media(id:1){id idMal}}", "{Media(id:1){idMal id}}")]
    [InlineData("{Media(id:1){id}}", "{Media(id:1){id id}}")]
    [InlineData("{Media(id:1){id}}", "{Media(id:1,search:null){id}}")]
    [InlineData("""{Media(search:"1"){id}}""", """{Media(search:" 1"){id}}""")]
    [InlineData("""{Media(search:"é"){id}}""", """{Media(search:"e\u0301"){id}}""")]
    [InlineData("""{Media(search:"\ud800"){id}}""", """{Media(search:"\ud801"){id}}""")]
    [InlineData("""{Media(search:"\ud800"){id}}""", """{Media(search:"\\ud800"){id}}""")]
    [InlineData("""{Media(search:"\ud800"){id}}""", """{Media(search:"�"){id}}""")]
    [InlineData("{Media(id_in:[1,23]){id}}", "{Media(id_in:[12,3]){id}}")]
    [InlineData("{Media(id:99999999999){id}}", "{Media(id:99999999998){id}}")]
    [InlineData("{Viewer{id}}", "{Viewer{name}}")]
    [InlineData("query($a:Int){MediaList(id:$a){id}}", "query($a:Int=1){MediaList(id:$a){id}}")]
    [InlineData("{Viewer{...on User{id}}}", "{Viewer{id}}")]
    public void Two_questions_have_two_keys(string one, string other) =>
        Assert.NotEqual(Asking.Read(one).Key, Asking.Read(other).Key);

    [Theory]
    [InlineData("query($a:Int){MediaList(id:$a){id}}", """{"a":1}""", """{"a":1.0}""")]
    [InlineData("query($a:Int){MediaList(id:$a){id}}", """{"a":null}""", "{}")]
    [InlineData("query($a:Int){MediaList(id:$a){id}}", """{"a":"1"}""", """{"a":1}""")]
    [InlineData("query($a:[Int]){Media(id_in:$a){id mediaListEntry{id}}}", """{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("query($a:Json){MediaList(id:$a){id}}", """{"a":{"x":"\ud800"}}""", """{"a":{"x":"\ud801"}}""")]
    [InlineData("query($a:Int){Media(id:$a){id}}", """{"a":1.0}""", """{"a":1.00}""")]
    public void Other_values_of_variables_make_another_question(string text, string one, string other) =>
        Assert.NotEqual(Asking.Read(text, one).Key, Asking.Read(text, other).Key);

    [Theory]
    [InlineData(
        "query($a:J){MediaList(id:$a){id}}",
        """{"a":{"x":[1],"y":"é"}}""",
        """{"b":0,"a":{"y":"\u00E9","x":[ 1 ]}}"""
    )]
    [InlineData("query($a:Int){Media(id:$a){id}}", """{"a":1.0}""", """{ "b" : 2, "a" : 1.0 }""")]
    public void One_value_written_twice_is_one_question(string text, string one, string other) =>
        Assert.Equal(Asking.Read(text, one), Asking.Read(text, other));

    [Fact]
    public void One_text_asked_of_everybody_and_of_the_caller_has_two_keys()
    {
        // The same print, and only the list tells them apart.
        var exact = Asking.Read("{Media(id:1.0){id}}");
        var own = Asking.Read("{MediaList(id:1.0){id}}");

        Assert.True(exact.IsPublic);
        Assert.False(own.IsPublic);
        Assert.NotEqual(exact.Key, own.Key);
    }

    [Theory]
    [InlineData("query Asked{Media(id:1){id}}", true)]
    [InlineData("query Asked{Media(id:1.0){id}}", true)]
    [InlineData("query Asked{MediaList(id:1){id}}", false)]
    public void Another_operation_for_which_AniList_may_refuse_the_document_makes_another_question(
        string text,
        bool isPublic
    )
    {
        var beside = Asking.Read(text + "query Other{nonsense}");

        Assert.Equal(isPublic, beside.IsPublic);
        Assert.NotEqual(Asking.Read(text).Key, beside.Key);
        Assert.NotEqual(Asking.Read(text + "query Other{GenreCollection}").Key, beside.Key);
        Assert.Equal(Asking.Read(text + "query Other{nonsense}"), beside);
        Assert.Null(Asking.Fold(text + "query Other{nonsense}"));
    }

    [Fact]
    public void A_short_document_that_would_grow_very_long_is_keyed_as_it_was_sent()
    {
        var spreads = string.Concat(Enumerable.Range(0, 400).Select(i => $"m{i}:Media(id:{i}){{...F}} "));
        var fragment =
            $"fragment F on Media{{a:characters(sort:[{string.Concat(Enumerable.Repeat("ID ", 3000))}]){{nodes{{id}}}}}}";

        var one = Asking.Read($"{{{spreads}}}{fragment}");
        var other = Asking.Read($"{{{spreads}}}{fragment} ");

        Assert.True(one.IsPublic);
        Assert.NotEqual(one.Key, other.Key);
        Assert.Equal(one, Asking.Read($"{{{spreads}}}{fragment}"));
        Assert.Null(Asking.Fold($"{{{spreads}}}{fragment}"));
    }

    [Fact]
    public void A_key_is_written_as_sixty_four_hexadecimal_digits() =>
        Assert.Matches("^[0-9a-f]{64}$", Asking.Read("{Media(id:1){id}}").Key.ToString());
}
