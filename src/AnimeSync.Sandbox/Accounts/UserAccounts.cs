namespace AnimeSync.Sandbox.Accounts;

/// <summary>The accounts, beginning with the sample users; ids stay when names change.</summary>
internal sealed class UserAccounts
{
    public const int Rin = 5300101;
    public const int Mika = 5300102;
    public const int Empty = 5300103;
    public const int Solo = 5300104;
    public const int Haru = 5300105;
    public const int Archive = 5300106;

    private readonly Lock gate = new();
    private readonly Dictionary<int, SandboxUser> users = SampleUsers.Create().ToDictionary(user => user.Id);

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

    /// <summary>Whether AniList would let somebody be called so.</summary>
    public static bool IsName(string text) => text.Length is >= 2 and <= 20 && text.All(char.IsAsciiLetterOrDigit);

    /// <returns>Null when the name is taken.</returns>
    public SandboxUser? Add(string name)
    {
        lock (gate)
        {
            if (Find(name) is not null)
            {
                return null;
            }

            var user = new SandboxUser(users.Keys.Max() + 1, name);
            return users[user.Id] = user;
        }
    }

    public SandboxUser Change(int id, Func<SandboxUser, SandboxUser> change)
    {
        lock (gate)
        {
            return users[id] = change(users[id]);
        }
    }
}
