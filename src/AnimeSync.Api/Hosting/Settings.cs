using System.Globalization;

namespace AnimeSync.Api.Hosting;

/// <summary>
/// Reads flat environment settings, remembers every name it was asked for, and collects every fault,
/// so that a start with three mistakes names all three, and never prints a value.
/// </summary>
internal sealed class Settings(IConfiguration configuration, IHostEnvironment environment)
{
    private readonly List<string> _faults = [];
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    public bool IsDevelopment { get; } = environment.IsDevelopment();

    /// <summary>Every setting name that was asked for; `.env.example` lists exactly these.</summary>
    public IReadOnlyCollection<string> Names => _names;

    public IReadOnlyCollection<string> Faults => _faults;

    public string? Optional(string name)
    {
        _names.Add(name);
        return configuration[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }

    public string Text(string name, string fallback) => Optional(name) ?? fallback;

    public string Required(string name)
    {
        if (Optional(name) is { } value)
        {
            return value;
        }

        Refuse(name, "is required");
        return string.Empty;
    }

    /// <summary>A secret comes from NAME, or from the file that NAME_FILE points at.</summary>
    public string? OptionalSecret(string name)
    {
        if (configuration[$"{name}_FILE"] is not { Length: > 0 } path)
        {
            return Optional(name);
        }

        if (Optional(name) is not null)
        {
            Refuse(name, $"is set twice: use either {name} or {name}_FILE");
            return null;
        }

        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 } value ? value : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Refuse($"{name}_FILE", "names a file that cannot be read");
            return null;
        }
    }

    public string RequiredSecret(string name)
    {
        if (OptionalSecret(name) is { } value)
        {
            return value;
        }

        Refuse(name, "is required");
        return string.Empty;
    }

    public int Number(string name, int fallback, int least, int most)
    {
        if (Optional(name) is not { } text)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            if (number >= least && number <= most)
            {
                return number;
            }
        }

        Refuse(name, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}"));
        return fallback;
    }

    public bool Flag(string name, bool fallback = false)
    {
        switch (Optional(name)?.ToLowerInvariant())
        {
            case null:
                return fallback;
            case "true":
                return true;
            case "false":
                return false;
            default:
                Refuse(name, "must be true or false");
                return fallback;
        }
    }

    /// <summary>An absolute http or https address; other schemes and relative ones are refused.</summary>
    public Uri Address(string name, Uri? fallback = null)
    {
        var text = Optional(name);
        if (text is null && fallback is not null)
        {
            return fallback;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        Refuse(name, text is null ? "is required" : "must be an absolute http or https address");
        return fallback ?? new Uri("http://invalid.invalid");
    }

    /// <summary>Comma-separated values; empty ones are dropped.</summary>
    public IReadOnlyList<string> List(string name, string fallback = "") => Split(Optional(name) ?? fallback);

    public IReadOnlyList<string> SecretList(string name) => Split(OptionalSecret(name) ?? string.Empty);

    /// <summary>Records a fault by the setting's name; the text must not hold the value.</summary>
    public void Refuse(string name, string why)
    {
        var fault = $"{name} {why}";
        // Two features may read one setting; its fault is one.
        if (!_faults.Contains(fault))
        {
            _faults.Add(fault);
        }
    }

    public void ThrowIfFaulty()
    {
        if (_faults.Count > 0)
        {
            throw new SettingsException(_faults);
        }
    }

    private static string[] Split(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The process must not start: one line per faulty setting, names only.</summary>
internal sealed class SettingsException(IReadOnlyCollection<string> faults)
    : Exception("Settings refused: " + string.Join("; ", faults))
{
    public IReadOnlyCollection<string> Faults { get; } = faults;
}
