using AnimeSync.Api.Hosting;

namespace AnimeSync.DevHost;

/// <summary>Where a desk keeps its database and secrets. Nobody else on the machine may read either.</summary>
internal sealed record DataFolder(string Path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Database => System.IO.Path.Combine(Path, "animesync.db");

    public string Secrets => System.IO.Path.Combine(Path, "secrets.env");

    /// <param name="path">Relative to the current directory; `.animesync` when blank.</param>
    public static DataFolder Open(string? path)
    {
        var folder = new DataFolder(System.IO.Path.GetFullPath(string.IsNullOrWhiteSpace(path) ? ".animesync" : path));
        try
        {
            // A folder that was there already is somebody's; its mode is theirs to choose.
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder.Path);
            }
            else if (!Directory.Exists(folder.Path))
            {
                Directory.CreateDirectory(folder.Path, OwnerOnly | UnixFileMode.UserExecute);
            }

            // SQLite fills an empty file, and gives its journal the mode of the database.
            if (!File.Exists(folder.Database))
            {
                CreatePrivate(folder.Database, string.Empty);
            }

            // Its journal and lock as well, which an older version left open to others.
            foreach (var file in Directory.GetFiles(folder.Path, System.IO.Path.GetFileName(folder.Database) + "*"))
            {
                Tighten(file);
            }

            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupRefusedException(
                $"The data folder {folder.Path} cannot be used: name a writable one in ANIMESYNC_DATA_DIR."
            );
        }
    }

    /// <summary>Whole or not at all, and never over a file that another process made first.</summary>
    public static void CreatePrivate(string path, string content)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(content);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }

    public static void Tighten(string path)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != OwnerOnly)
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }
}
