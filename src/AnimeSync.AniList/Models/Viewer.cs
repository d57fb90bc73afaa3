using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnimeSync.AniList;

/// <summary>The answer to <see cref="Documents.Viewer"/>.</summary>
public sealed record ViewerData(Viewer? Viewer);

/// <param name="Id">Stays; the name can change hands.</param>
public sealed record Viewer(int Id, string Name, ViewerAvatar? Avatar);

public sealed record ViewerAvatar(Uri? Large);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(ViewerData))]
public sealed partial class AniListJsonContext : JsonSerializerContext;
