using AnimeSync.AniList;
using AnimeSync.Api.Data;
using AnimeSync.Api.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AnimeSync.Api.Library;

/// <summary>How the library's rows are stored.</summary>
internal static class LibraryTables
{
    private const int NameLength = 32;

    public static void Add(ModelBuilder model)
    {
        model.Entity<UserList>(list =>
        {
            list.HasKey(row => row.UserId);
            list.HasOne<User>().WithOne().HasForeignKey<UserList>(row => row.UserId);
            list.Property(row => row.ScoreFormat).HasConversion(Named<ScoreFormat>()).HasMaxLength(NameLength);
            list.Property(row => row.CustomLists).HasConversion(new Names());
        });
        model.Entity<ListEntry>(entry =>
        {
            entry.HasKey(row => new { row.UserId, row.MediaId });
            entry.HasOne<User>().WithMany().HasForeignKey(row => row.UserId);
            entry.HasIndex(row => new { row.UserId, row.ChangeSeq });
            entry.ComplexProperty(row => row.Fields, Add);
        });
        model.Entity<HistoryItem>(item =>
        {
            item.HasKey(row => new { row.UserId, row.ChangeSeq });
            item.HasOne<User>().WithMany().HasForeignKey(row => row.UserId);
            item.HasIndex(row => row.At);
            item.Property(row => row.Origin).HasConversion(Named<ChangeOrigin>()).HasMaxLength(NameLength);
            item.Ignore(row => row.Change);
        });
        model.Entity<PendingChange>(pending =>
        {
            pending.HasKey(row => new { row.UserId, row.MediaId });
            pending.HasOne<User>().WithMany().HasForeignKey(row => row.UserId);
            pending.HasIndex(row => row.DueAt);
        });
        model.Entity<ListTitle>(title =>
        {
            title.HasKey(row => row.MediaId);
            title.Property(row => row.MediaId).ValueGeneratedNever();
            title.Property(row => row.Format).HasMaxLength(NameLength);
            title.Property(row => row.Status).HasMaxLength(NameLength);
            title.Property(row => row.Season).HasMaxLength(NameLength);
        });
        model.Entity<KeptAnswer>(answer =>
        {
            answer.HasKey(row => new { row.UserId, row.Key });
            answer.HasOne<User>().WithMany().HasForeignKey(row => row.UserId);
            answer.HasIndex(row => row.At);
            answer.Property(row => row.Key).HasMaxLength(KeptAnswer.LongestKey);
        });
    }

    private static void Add(ComplexPropertyBuilder<EntryFields> fields)
    {
        fields.Property(row => row.Status).HasConversion(Named<ListStatus>()).HasMaxLength(NameLength);
        fields.Property(row => row.CustomLists).HasConversion(new Names());
        fields.Property(row => row.StartedAt).HasConversion(new DateText()).HasMaxLength(10);
        fields.Property(row => row.CompletedAt).HasConversion(new DateText()).HasMaxLength(10);
    }

    private static ValueConverter<TEnum, string> Named<TEnum>()
        where TEnum : struct, Enum =>
        new(value => EnumNames<TEnum>.Of(value), name => EnumNames<TEnum>.Find(name)!.Value);

    /// <summary>As a JSON array, which both databases can look into.</summary>
    private sealed class Names()
        : ValueConverter<CustomListNames, string>(names => names.ToJson(), json => CustomListNames.FromJson(json));

    private sealed class DateText()
        : ValueConverter<FuzzyDate, string>(date => date.ToString(), text => FuzzyDate.Parse(text));
}
