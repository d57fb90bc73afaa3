using System.Text.Json;
using System.Text.Json.Serialization;
using AnimeSync.Api.Auth.Sessions;
using AnimeSync.Api.Auth.SignIn;

namespace AnimeSync.Api.Auth;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AuthorizationServerMetadata))]
[JsonSerializable(typeof(OAuthError))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(TokenResponse))]
internal sealed partial class AuthJson : JsonSerializerContext;
