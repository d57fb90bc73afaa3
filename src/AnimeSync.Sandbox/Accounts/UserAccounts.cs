namespace AnimeSync.Sandbox.Accounts;

/// <summary>The sample users; ids stay when names change.</summary>
internal sealed class UserAccounts
{
    public const int Rin = 5300101;
    public const int Mika = 5300102;
    public const int Empty = 5300103;
    public const int Solo = 5300104;

    private readonly Lock gate = new();

    private readonly Dictionary<int, SandboxUser> users = new()
    {
        [Rin] = new(Rin, "rin") { About = "Keeps fifty titles in order." },
        [Mika] = new(Mika, "mika")
        {
            ScoreFormat = "POINT_10_DECIMAL",
            TitleLanguage = "ENGLISH",
            CustomLists = ["Rainy days"],
        },
        [Empty] = new(Empty, "empty") { About = "Has not added anything yet." },
        [Solo] = new(Solo, "solo") { ScoreFormat = "POINT_100" },
    };

    public IReadOnlyList<SandboxUser> All
    {
        get
        {
            lock (gate)
            {
                return [.. users.Values];
            }
        }
    }

    public SandboxUser? Find(int id)
    {
        lock (gate)
        {
            return users.GetValueOrDefault(id);
        }
    }

    public SandboxUser? Find(string name) =>
        All.FirstOrDefault(user => string.Equals(user.Name, name, StringComparison.OrdinalIgnoreCase));

    public SandboxUser Change(int id, Func<SandboxUser, SandboxUser> change)
    {
        lock (gate)
        {
            return users[id] = change(users[id]);
        }
    }
}
