using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Control;

public sealed class UnreadableBodyTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData("POST", "faults", """{"match":"*","kind":"hang","time":1}""", "$.time is not known here.")]
    [InlineData("POST", "faults", """{"match":"*"}""", "$ lacks 'kind'.")]
    [InlineData("POST", "faults", "{}", "$ lacks 'match', 'kind'.")]
    [InlineData("POST", "faults", """{"match":"*","kind":"hang","times":"1"}""", "$.times is of a wrong type")]
    [InlineData("POST", "faults", """{"match":"*","kind":null}""", "$.kind is of a wrong type")]
    [InlineData("POST", "faults", """{"match":"*","kind":"hang","kind":"html"}""", "$.kind is there twice.")]
    [InlineData("POST", "faults", """{"match":"*","kind":"hang","until":"soon"}""", "$.until is of a wrong type")]
    [InlineData("POST", "faults", "[]", "$ is of a wrong type")]
    [InlineData("POST", "faults", "{", "The body is not JSON: ")]
    [InlineData("POST", "faults", "", "The body must be JSON, and there is none.")]
    [InlineData("POST", "faults", "null", "The body must be JSON, and there is none.")]
    [InlineData("PUT", "limits", """{"perMinute":3.5}""", "$.perMinute is of a wrong type")]
    [InlineData("PUT", "limits", """{"enabled":1}""", "$.enabled is of a wrong type")]
    [InlineData("PUT", "clock", """{"now":99999999999999999}""", "$.now is of a wrong type or out of range.")]
    [InlineData("POST", "clock/advance", """{"second":1}""", "$.second is not known here.")]
    [InlineData("PUT", "users/rin", """{"private":"yes"}""", "$.private is of a wrong type")]
    [InlineData("PUT", "users/rin/list/1", "{\"progress\":", "The body is not JSON: ")]
    [InlineData("PUT", "clients/1", """{"redirectUris":["app:/",1]}""", "$.redirectUris[1] is of a wrong type")]
    public async Task It_is_400_and_told_what_and_where(string method, string path, string body, string message)
    {
        using var answer = await SendAsync(method, path, ControlCalls.Json(body));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var told = await MessageAsync(answer);
        Assert.StartsWith(message, told);
        Assert.DoesNotContain("AnimeSync.", told);
        Assert.DoesNotContain("System.", told);
    }

    [Fact]
    public async Task A_body_of_another_type_is_told_which_one_it_needs()
    {
        using var form = new StringContent("match=*", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await SendAsync("POST", "faults", form);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("The body must be JSON, with Content-Type: application/json.", await MessageAsync(answer));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_told_so()
    {
        using var answer = await SendAsync(
            "POST",
            "faults",
            ControlCalls.Json($$"""{"match":"{{new string('x', 2 * 1024 * 1024)}}","kind":"hang"}""")
        );

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("The body is too large.", await MessageAsync(answer));
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, HttpContent body) =>
        sandbox.Http.SendAsync(new(new HttpMethod(method), $"/_sandbox/{path}") { Content = body });

    private static async Task<string?> MessageAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("message").GetString();
}
