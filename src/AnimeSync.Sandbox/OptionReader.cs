using System.Globalization;

namespace AnimeSync.Sandbox;

/// <summary>What is wrong with the command line, in words for whoever typed it.</summary>
internal sealed class OptionException(string message) : ArgumentException(message);

/// <summary>Options in pairs of a name and a value; what a value must be is said by the one who refuses it.</summary>
internal static class OptionReader
{
    public static bool AsksForHelp(string[] args) => args.Contains("--help");

    /// <param name="takes">What each option takes, by name.</param>
    public static IEnumerable<(string Name, string Value)> Pairs(
        string[] args,
        string program,
        IReadOnlyDictionary<string, string> takes
    )
    {
        for (var i = 0; i < args.Length; i += 2)
        {
            var name = args[i];
            if (!takes.TryGetValue(name, out var wanted))
            {
                throw new OptionException($"{program} has no option {name}: --help shows those it has.");
            }

            // Another option in its place: the value was forgotten.
            if (i + 1 == args.Length || takes.ContainsKey(args[i + 1]))
            {
                throw new OptionException($"{name} needs a value: it takes {wanted}.");
            }

            yield return (name, args[i + 1]);
        }
    }

    public static int? Whole(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most
            ? number
            : null;

    /// <summary>An address of the web, on which a path can follow.</summary>
    public static Uri? Web(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
}
