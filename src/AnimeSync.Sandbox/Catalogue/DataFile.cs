namespace AnimeSync.Sandbox.Catalogue;

/// <summary>The text files beside this one: columns separated by bars, lines that begin with # are remarks.</summary>
internal static class DataFile
{
    public static IEnumerable<string[]> Read(string name)
    {
        using var reader = new StreamReader(typeof(DataFile).Assembly.GetManifestResourceStream(name)!);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                yield return line.Split('|');
            }
        }
    }
}
