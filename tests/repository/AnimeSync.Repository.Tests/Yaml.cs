using YamlDotNet.RepresentationModel;

namespace AnimeSync.Repository.Tests;

internal static class Yaml
{
    public static YamlMappingNode Read(string path)
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(Path.Combine(Tree.Repository, path));
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    /// <summary>The value under a key, looking through merge keys (`&lt;&lt;`) as compose does.</summary>
    public static YamlNode? Find(this YamlMappingNode mapping, string key) =>
        mapping.Children.TryGetValue(key, out var value) ? value
        : mapping.Children.TryGetValue("<<", out var merged) ? ((YamlMappingNode)merged).Find(key)
        : null;

    public static IReadOnlyList<string> Words(this YamlNode? node) =>
        node is YamlSequenceNode list ? list.Select(item => item.ToString()).ToList() : [];
}
