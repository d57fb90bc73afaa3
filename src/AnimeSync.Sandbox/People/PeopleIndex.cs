using AnimeSync.Sandbox.Catalogue;

namespace AnimeSync.Sandbox.People;

/// <summary>Characters, staff and studios by id, and who did what in which title. Built when first asked for.</summary>
internal sealed class PeopleIndex(MediaCatalogue catalogue)
{
    private readonly Lazy<Index> index = new(() => new Index(catalogue));

    public IReadOnlyList<Facts> Characters => index.Value.Characters.All;

    public IReadOnlyList<Facts> Staff => index.Value.Staff.All;

    public IReadOnlyList<Facts> Studios => index.Value.Studios.All;

    public Facts? Character(int id) => index.Value.Characters.Find(id);

    public Facts? StaffMember(int id) => index.Value.Staff.Find(id);

    public Facts? Studio(int id) => index.Value.Studios.Find(id);

    public IEnumerable<Casting> CastOf(int mediaId) => index.Value.CastByTitle[mediaId];

    public IEnumerable<Credit> CrewOf(int mediaId) => index.Value.CrewByTitle[mediaId];

    public IEnumerable<Production> StudiosOf(int mediaId) => index.Value.StudiosByTitle[mediaId];

    public IEnumerable<Casting> AppearancesOf(int characterId) => Kept(index.Value.CastByCharacter[characterId]);

    public IEnumerable<Casting> VoicesOf(int staffId) => Kept(index.Value.CastByVoice[staffId]);

    public IEnumerable<Credit> CreditsOf(int staffId) =>
        index.Value.CrewByStaff[staffId].Where(credit => catalogue.Find(credit.MediaId) is not null);

    public IEnumerable<Production> ProductionsOf(int studioId) =>
        index.Value.ByStudio[studioId].Where(production => catalogue.Find(production.MediaId) is not null);

    /// <summary>The first's facts, and the second's where the first has none, names and dates within them too.</summary>
    public static Facts Joined(Facts first, Facts second)
    {
        var joined = new Facts(first);
        foreach (var (name, value) in second)
        {
            joined[name] = (joined.GetValueOrDefault(name), value) switch
            {
                (Facts kept, Facts other) => Joined(kept, other),
                (null, _) => value,
                var (kept, _) => kept,
            };
        }

        return joined;
    }

    // Titles can be merged or deleted while the sandbox runs.
    private IEnumerable<Casting> Kept(IEnumerable<Casting> castings) =>
        castings.Where(casting => catalogue.Find(casting.MediaId) is not null);

    private sealed class Directory
    {
        private readonly Dictionary<int, Facts> byId;

        public Directory(Dictionary<int, Facts> recorded, IEnumerable<Facts> builtIn)
        {
            byId = recorded;
            foreach (var facts in builtIn)
            {
                var id = (int)facts["id"]!;
                byId[id] = byId.TryGetValue(id, out var known) ? Joined(known, facts) : facts;
            }

            All = [.. byId.OrderBy(pair => pair.Key).Select(pair => pair.Value)];
        }

        public IReadOnlyList<Facts> All { get; }

        public Facts? Find(int id) => byId.GetValueOrDefault(id);
    }

    private sealed class Index
    {
        public Index(MediaCatalogue catalogue)
        {
            var recorded = new RecordedPeople(catalogue.All);
            var builtIn = BuiltInPeople.Instance;
            Characters = new(recorded.Characters, builtIn.Characters);
            Staff = new(recorded.Staff, builtIn.Staff);
            Studios = new(recorded.Studios, []);

            // What was recorded of a title's cast or crew is complete as far as it goes; the built-in is not mixed in.
            var withCast = recorded.Castings.Select(casting => casting.MediaId).ToHashSet();
            var castings = recorded
                .Castings.Concat(builtIn.Castings.Where(casting => !withCast.Contains(casting.MediaId)))
                .ToList();
            var withCrew = recorded.Credits.Select(credit => credit.MediaId).ToHashSet();
            var credits = recorded
                .Credits.Concat(builtIn.Credits.Where(credit => !withCrew.Contains(credit.MediaId)))
                .ToList();

            CastByTitle = castings.ToLookup(casting => casting.MediaId);
            CastByCharacter = castings.ToLookup(casting => casting.CharacterId);
            CastByVoice = castings
                .SelectMany(casting => casting.VoiceActors.Select(voice => (voice, casting)))
                .ToLookup(pair => pair.voice, pair => pair.casting);
            CrewByTitle = credits.ToLookup(credit => credit.MediaId);
            CrewByStaff = credits.ToLookup(credit => credit.StaffId);
            ByStudio = recorded.Productions.ToLookup(production => production.StudioId);
            StudiosByTitle = recorded.Productions.ToLookup(production => production.MediaId);
        }

        public Directory Characters { get; }

        public Directory Staff { get; }

        public Directory Studios { get; }

        public ILookup<int, Casting> CastByTitle { get; }

        public ILookup<int, Casting> CastByCharacter { get; }

        public ILookup<int, Casting> CastByVoice { get; }

        public ILookup<int, Credit> CrewByTitle { get; }

        public ILookup<int, Credit> CrewByStaff { get; }

        public ILookup<int, Production> ByStudio { get; }

        public ILookup<int, Production> StudiosByTitle { get; }
    }
}
