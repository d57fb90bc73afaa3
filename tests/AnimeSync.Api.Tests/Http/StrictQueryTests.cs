using System.Net;
using AnimeSync.Api.Http;

namespace AnimeSync.Api.Tests.Http;

public sealed class StrictQueryTests(MappedEdges edges) : IClassFixture<MappedEdges>
{
    [Theory]
    [InlineData("page?page=1&search=x", HttpStatusCode.OK)]
    [InlineData("page?PAGE=1", HttpStatusCode.OK)]
    [InlineData("page?page=1&page=2", HttpStatusCode.BadRequest)]
    [InlineData("page?page=1&Page=2", HttpStatusCode.BadRequest)]
    [InlineData("page?pages=1", HttpStatusCode.BadRequest)]
    [InlineData("page?page[]=1", HttpStatusCode.BadRequest)]
    [InlineData("page?page=abc", HttpStatusCode.BadRequest)]
    [InlineData("ids?id=1&id=2", HttpStatusCode.OK)]
    [InlineData("cursor?cursor=x", HttpStatusCode.OK)]
    [InlineData("cursor?page=1", HttpStatusCode.BadRequest)]
    public async Task A_route_takes_each_of_its_parameters_once_and_no_others(string request, HttpStatusCode status)
    {
        var host = edges.Host;

        var answer = await host.Public.GetAsync($"/api/v1/test/{request}");

        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.BadRequest)
        {
            var body = await answer.Content.ReadAsStringAsync();
            Assert.Contains("/problems/validation-failed", body);
            Assert.Contains("\"errors\":{\"", body);
        }
    }

    [Theory]
    [InlineData("?a=%41%c3%a9+b", true)]
    [InlineData("?a=é", true)]
    [InlineData("?a=%zz", false)]
    [InlineData("?a=%4", false)]
    [InlineData("?a=%", false)]
    [InlineData("?a=%c0%ae", false)]
    [InlineData("?a=%ed%a0%80", false)]
    [InlineData("?a=%00", false)]
    public void A_query_is_percent_encoded_UTF_8_or_refused(string query, bool good) =>
        Assert.Equal(good, RequestFraming.IsWellEncoded(query));

    [Theory]
    [InlineData("Progress", "progress")]
    [InlineData("Items[0].FirstName", "items[0].firstName")]
    public void Validation_errors_are_spelt_as_the_body_spells_them(string path, string field) =>
        Assert.Equal(field, Refusals.CamelCase(path));
}
