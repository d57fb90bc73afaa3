using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Recorded;

/// <summary>What a body looks like without its values: members by name, and the kinds of value seen at each place. A list is seen as its elements together.</summary>
internal sealed class RecordedShape
{
    private readonly Dictionary<string, RecordedShape> members = [];
    private readonly Dictionary<string, RecordedShape> membersOfUnion = [];
    private readonly HashSet<string> kinds = [];

    public IReadOnlyDictionary<string, RecordedShape> Members => members;

    /// <summary>By <c>__typename</c>, where the body names it.</summary>
    public IReadOnlyDictionary<string, RecordedShape> MembersOfUnion => membersOfUnion;

    public IReadOnlySet<string> Kinds => kinds;

    public bool IsList { get; private set; }

    public static RecordedShape Of(JsonElement element)
    {
        var shape = new RecordedShape();
        shape.Add(element);
        return shape;
    }

    /// <summary>Where the other has a kind of value that this never has, or never has a value where this has one.</summary>
    public IEnumerable<string> DifferencesTo(RecordedShape other, string path)
    {
        if (IsList != other.IsList && other.kinds.Any(kind => kind != "null"))
        {
            yield return $"{path} is {(other.IsList ? "a" : "no")} list";
        }

        // A place that was only ever recorded empty says nothing of what else may stand there.
        if (kinds.Any(kind => kind != "null"))
        {
            foreach (var kind in other.kinds.Except(kinds).Where(kind => kind != "null"))
            {
                yield return $"{path} is {kind}";
            }

            if (other.kinds.All(kind => kind == "null"))
            {
                yield return $"{path} is empty";
            }
        }

        var inside = members
            .Select(member => (member, Other: other.members.GetValueOrDefault(member.Key)))
            .Concat(
                membersOfUnion.Select(member => (member, Other: other.membersOfUnion.GetValueOrDefault(member.Key)))
            );
        foreach (var (member, found) in inside)
        {
            // Where there is no object there is nothing to compare; that is told above.
            foreach (var difference in found is null ? [] : member.Value.DifferencesTo(found, $"{path}.{member.Key}"))
            {
                yield return difference;
            }
        }

        foreach (var missing in other.kinds.Contains("object") ? members.Keys.Except(other.members.Keys) : [])
        {
            yield return $"{path}.{missing} is missing";
        }

        foreach (var missing in membersOfUnion.Keys.Except(other.membersOfUnion.Keys))
        {
            yield return $"{path} has no {missing}";
        }
    }

    private void Add(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            IsList = true;
            foreach (var item in element.EnumerateArray())
            {
                Add(item);
            }

            return;
        }

        kinds.Add(KindOf(element));
        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (element.TryGetProperty("__typename", out var typeName))
        {
            AddMembers(Child(membersOfUnion, typeName.GetString()!), element);
        }
        else
        {
            AddMembers(this, element);
        }
    }

    private static void AddMembers(RecordedShape shape, JsonElement element)
    {
        foreach (var member in element.EnumerateObject())
        {
            Child(shape.members, member.Name).Add(member.Value);
        }
    }

    private static RecordedShape Child(Dictionary<string, RecordedShape> children, string name)
    {
        if (!children.TryGetValue(name, out var child))
        {
            children[name] = child = new();
        }

        return child;
    }

    private static string KindOf(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => "boolean",
            var kind => kind.ToString().ToLowerInvariant(),
        };
}
