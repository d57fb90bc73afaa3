using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Web;

namespace AnimeSync.Sandbox.Tests.OAuth;

public sealed class SignInTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string RedirectUri = "http://localhost:8000/auth/callback";

    [Fact]
    public async Task The_authorize_page_offers_every_sample_user()
    {
        var page = await sandbox.Http.GetStringAsync(Authorize());

        Assert.All(["rin", "mika", "empty", "solo"], name => Assert.Contains($"sandbox_user={name}", page));
    }

    [Fact]
    public async Task Naming_a_user_approves_at_once_and_echoes_the_state()
    {
        var location = await LocationAsync(Authorize("&sandbox_user=rin&state=a%20b%26c"));

        Assert.StartsWith(RedirectUri + "?code=", location);
        Assert.Equal("a b&c", HttpUtility.ParseQueryString(new Uri(location).Query)["state"]);
    }

    [Fact]
    public async Task Denying_comes_back_as_access_denied_with_the_state()
    {
        var location = await LocationAsync(Authorize("&sandbox_deny=1&state=s"));

        Assert.Equal(RedirectUri + "?error=access_denied&state=s", location);
    }

    [Fact]
    public async Task An_unknown_client_is_refused_as_AniList_does()
    {
        using var answer = await sandbox.Http.GetAsync(
            Authorize().Replace("client_id=7", "client_id=unknown", StringComparison.Ordinal)
        );

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(
            """{"error":"invalid_client","message":"Client authentication failed"}""",
            await answer.Content.ReadAsStringAsync()
        );
    }

    [Theory]
    [InlineData("%2Frelative")]
    [InlineData("relative")]
    [InlineData("http%3A%2F%2Flocalhost%2F%23fragment")]
    [InlineData("http%3A%2F%2Flocalhost%2F%23")]
    [InlineData("JavaScript%3Aalert(1)")]
    [InlineData("data%3Atext%2Fhtml%2Chello")]
    [InlineData("mailto%3Arin%40localhost")]
    [InlineData("http%3A%2F%2Flocalhost%2F%0d%0aX-Injected%3A1")]
    public async Task An_address_nobody_can_be_sent_to_is_refused_like_an_unknown_client(string redirectUri)
    {
        using var answer = await sandbox.Http.GetAsync(
            $"/api/v2/oauth/authorize?client_id=7&response_type=code&redirect_uri={redirectUri}&sandbox_user=rin"
        );

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_code_becomes_a_year_long_token_of_the_user_by_form_and_by_json(bool asForm)
    {
        using var answer = await ExchangeAsync(await CodeAsync("mika"), asForm: asForm);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var token = body.GetProperty("access_token").GetString()!;
        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1])).RootElement;

        Assert.Equal("Bearer", body.GetProperty("token_type").GetString());
        Assert.Equal(31_536_000, body.GetProperty("expires_in").GetInt32());
        Assert.Equal("5300102", claims.GetProperty("sub").GetString());
        Assert.Equal(31_536_000, claims.GetProperty("exp").GetInt64() - claims.GetProperty("nbf").GetInt64());
        Assert.Equal(
            "mika",
            (await sandbox.DataAsync("{ Viewer { name } }", token: token))
                .GetProperty("Viewer")
                .GetProperty("name")
                .GetString()
        );
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var code = await CodeAsync("rin");
        using var first = await ExchangeAsync(code);
        using var second = await ExchangeAsync(code);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
        Assert.Contains("Authorization code has been revoked", await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_code_is_bound_to_its_client_and_its_address()
    {
        using var otherClient = await ExchangeAsync(await CodeAsync("rin"), clientId: "8");
        using var otherAddress = await ExchangeAsync(await CodeAsync("rin"), redirectUri: "http://localhost/other");
        using var nonsense = await ExchangeAsync("nonsense");

        Assert.Equal(HttpStatusCode.BadRequest, otherClient.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, otherAddress.StatusCode);
        Assert.Contains("Cannot decrypt the authorization code", await nonsense.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""{"grant_type":"authorization_code","grant_type":"authorization_code","client_id":"7","code":"x"}""")]
    [InlineData("""{"grant_type":"authorization_code","client_id":"7","code":"x","code":"y"}""")]
    [InlineData("""{"grant_type":"authorization_code","client_id":"7","code":"\ud800"}""")]
    [InlineData("""{"grant_type":"authorization_code","client_id":""")]
    [InlineData("""["authorization_code"]""")]
    [InlineData("")]
    public async Task Json_that_is_no_plain_set_of_parameters_is_refused_as_one_without_them(string json)
    {
        using var body = new StringContent(json, new MediaTypeHeaderValue("application/json"));
        using var answer = await sandbox.Http.PostAsync("/api/v2/oauth/token", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var refusal = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("unsupported_grant_type", refusal.GetProperty("error").GetString());
        Assert.Equal("Check that all required parameters have been provided", refusal.GetProperty("hint").GetString());
    }

    [Fact]
    public async Task The_implicit_grant_brings_the_token_in_the_fragment()
    {
        var location = await LocationAsync("/api/v2/oauth/authorize?client_id=7&response_type=token&sandbox_user=rin");

        Assert.Contains("/api/v2/oauth/pin#access_token=", location);
        Assert.Contains("&token_type=Bearer&expires_in=31536000", location);
    }

    [Fact]
    public async Task The_pin_page_shows_the_code()
    {
        Assert.Contains("&lt;x&gt;", await sandbox.Http.GetStringAsync("/api/v2/oauth/pin?code=%3Cx%3E"));
    }

    private static string Authorize(string more = "") =>
        $"/api/v2/oauth/authorize?client_id=7&response_type=code&redirect_uri={Uri.EscapeDataString(RedirectUri)}{more}";

    private async Task<string> LocationAsync(string address)
    {
        using var answer = await sandbox.Http.GetAsync(address);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    private async Task<string> CodeAsync(string user) =>
        HttpUtility.ParseQueryString(new Uri(await LocationAsync(Authorize($"&sandbox_user={user}"))).Query)["code"]!;

    private Task<HttpResponseMessage> ExchangeAsync(
        string code,
        bool asForm = true,
        string clientId = "7",
        string redirectUri = RedirectUri
    )
    {
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = clientId,
            ["client_secret"] = "any",
            ["redirect_uri"] = redirectUri,
            ["code"] = code,
        };
        return sandbox.Http.PostAsync(
            "/api/v2/oauth/token",
            asForm ? new FormUrlEncodedContent(fields) : JsonContent.Create(fields)
        );
    }
}
