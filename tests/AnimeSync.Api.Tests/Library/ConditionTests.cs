using System.Net;
using System.Text.Json;

namespace AnimeSync.Api.Tests.Library;

/// <summary>If-Match, If-None-Match and Idempotency-Key.</summary>
public sealed class ConditionTests(LibraryApp library) : IClassFixture<LibraryApp>
{
    private static readonly string _path = LibraryClient.PathOf(LibraryApp.Finished);

    [Fact]
    public async Task An_edit_of_what_somebody_else_changed_meanwhile_is_refused_with_the_entry_as_it_is()
    {
        using var me = await library.NewPersonAsync();
        using var made = await me.SendAsync(HttpMethod.Put, _path, new { status = "CURRENT" });
        var tag = made.Headers.ETag!.Tag;
        using var mine = await me.SendAsync(HttpMethod.Patch, _path, new { progress = 1 }, ("If-Match", tag));
        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);

        using var late = await me.SendAsync(HttpMethod.Patch, _path, new { progress = 9 }, ("If-Match", tag));

        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        var problem = JsonElement.Parse(await late.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, problem.GetProperty("current").GetProperty("progress").GetInt32());
        var read = await me.GetAsync(_path);
        Assert.Equal(1, read.GetProperty("progress").GetInt32());
    }

    [Fact]
    public async Task Conditions_hold_for_what_they_name()
    {
        using var me = await library.NewPersonAsync();
        using var nothingToMatch = await me.SendAsync(HttpMethod.Put, _path, new { }, ("If-Match", "*"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, nothingToMatch.StatusCode);
        using var first = await me.SendAsync(HttpMethod.Put, _path, new { }, ("If-None-Match", "*"));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        using var second = await me.SendAsync(HttpMethod.Put, _path, new { }, ("If-None-Match", "*"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, second.StatusCode);
        using var weak = await me.SendAsync(
            HttpMethod.Delete,
            _path,
            null,
            ("If-Match", $"W/{first.Headers.ETag!.Tag}")
        );
        Assert.Equal(HttpStatusCode.PreconditionFailed, weak.StatusCode);
        using var garbled = await me.SendAsync(HttpMethod.Delete, _path, null, ("If-Match", "abc"));
        Assert.Equal(HttpStatusCode.BadRequest, garbled.StatusCode);
        using var right = await me.SendAsync(
            HttpMethod.Delete,
            _path,
            null,
            ("If-Match", $"\"other\", {first.Headers.ETag.Tag}")
        );
        Assert.Equal(HttpStatusCode.NoContent, right.StatusCode);
    }

    [Fact]
    public async Task A_request_that_is_sent_again_gets_its_first_answer_and_changes_nothing_more()
    {
        using var me = await library.NewPersonAsync();
        var key = ("Idempotency-Key", "7a0f4c");
        var progress = $"{_path}/progress";

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => me.SendAsync(HttpMethod.Post, progress, null, key))
        );
        using var later = await me.SendAsync(HttpMethod.Post, progress, null, key);

        var bodies = await Task.WhenAll(
            answers
                .Append(later)
                .Select(answer => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
        );
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single(bodies.Distinct());
        Assert.Equal(answers[0].Headers.ETag, later.Headers.ETag);
        Assert.Single(await me.HistoryAsync());

        using var otherBody = await me.SendAsync(HttpMethod.Patch, _path, new { progress = 7 }, key);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, otherBody.StatusCode);
        using var otherPerson = await library.NewPersonAsync();
        using var theirs = await otherPerson.SendAsync(HttpMethod.Put, _path, new { }, key);
        Assert.Equal(HttpStatusCode.Created, theirs.StatusCode);
    }

    [Fact]
    public async Task A_refusal_is_not_remembered()
    {
        using var me = await library.NewPersonAsync();
        var key = ("Idempotency-Key", "once");
        using var early = await me.SendAsync(HttpMethod.Patch, _path, new { progress = 2 }, key);
        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        await me.PutAsync(LibraryApp.Finished, new { });

        using var again = await me.SendAsync(HttpMethod.Patch, _path, new { progress = 2 }, key);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }
}
