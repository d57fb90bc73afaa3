using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.OAuth;

public sealed class MalformedFormTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Form = "application/x-www-form-urlencoded";

    public static TheoryData<string, string> Forms =>
        new()
        {
            { "multipart/form-data", "grant_type=authorization_code" },
            { "multipart/form-data; boundary=", "--\r\n\r\n----" },
            { "multipart/form-data; boundary=\"\"", "--\r\n\r\n----" },
            { "multipart/form-data; boundary=" + new string('b', 200), "" },
            { "multipart/form-data; boundary=b", "" },
            { "multipart/form-data; boundary=b", "--b\r\nno header\r\n\r\nx\r\n--b--\r\n" },
            { "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"code\"\r\n\r\nx" },
            { "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: ;;;\r\n\r\nx\r\n--b--\r\n" },
            {
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\nx\r\n--b--\r\n"
            },
            { Form, string.Join('&', Enumerable.Range(0, 1025).Select(number => $"f{number}=1")) },
            { Form, new string('k', 3000) + "=1" },
            { Form, "grant_type=%" },
            { Form, "grant_type=%zz&%f=%ff" },
            { Form, "grant_type=%ed%a0%80" },
            { Form, "grant_type=\u00ff\u00fe" },
            { Form + "; charset=utf-7", "grant_type=authorization_code" },
            { Form + "; charset=none", "" },
        };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_malformed_form_is_refused_as_one_without_parameters(string contentType, string form)
    {
        using var body = new ByteArrayContent(Encoding.Latin1.GetBytes(form));
        body.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var answer = await sandbox.Http.PostAsync("/api/v2/oauth/token", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var refusal = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("unsupported_grant_type", refusal.GetProperty("error").GetString());
    }
}
