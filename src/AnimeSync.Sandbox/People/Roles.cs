namespace AnimeSync.Sandbox.People;

/// <summary>A character in a title, with those who lend it a voice.</summary>
internal sealed record Casting(int Id, int MediaId, int CharacterId, string Role, IReadOnlyList<int> VoiceActors)
{
    private static readonly string[] Roles = ["MAIN", "SUPPORTING", "BACKGROUND"];

    /// <summary>The most important role first, as AniList orders its enum.</summary>
    public int Rank => Array.IndexOf(Roles, Role);
}

/// <summary>What somebody did for a title.</summary>
internal sealed record Credit(int Id, int MediaId, int StaffId, string Role);

/// <summary>A studio's part in a title.</summary>
internal sealed record Production(int Id, int MediaId, int StudioId, bool IsMain);
