using System.Text.Json;

namespace Netclaw.Daemon.Configuration;

/// <summary>
/// One object of netclaw.json while it is being read. A key is known when it has been asked for, so what is read and what is
/// accepted cannot drift apart; <see cref="RejectUnknown"/> comes last.
/// </summary>
internal sealed class ConfigSection
{
    private const string Hidden = "***";

    private readonly string _path;
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<ConfigProblem> _problems;
    private readonly bool _showsValues;

    /// <param name="showsValues">False where a value in the wrong place may be a secret.</param>
    public ConfigSection(string path, JsonElement? element, List<ConfigProblem> problems, bool showsValues = true)
    {
        _showsValues = showsValues;
        _path = path;
        _problems = problems;
        if (element is not { } value)
        {
            return;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new ConfigProblem(path.Length == 0 ? "netclaw.json" : path, Shown(value), "This must be an object.", "Write { … }."));
            return;
        }

        foreach (var property in value.EnumerateObject())
        {
            if (!_values.TryAdd(property.Name, property.Value))
            {
                problems.Add(new ConfigProblem(KeyOf(property.Name), Shown(property.Value), "This key stands twice.", "Keep one of them."));
            }
        }
    }

    public ConfigSection Section(string name, bool showsValues = true) => new(KeyOf(name), Take(name), _problems, showsValues);

    /// <summary>Null when the key is absent or null, or, with a problem added, not a text.</summary>
    public string? Text(string name)
    {
        if (Take(name) is not { ValueKind: not JsonValueKind.Null } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Wrong(name, value, "This must be a text.", "Put it in double quotes.");
        return null;
    }

    public int Integer(string name, int fallback)
    {
        if (Take(name) is not { } value)
        {
            return fallback;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number))
        {
            return number;
        }

        Wrong(name, value, "This must be a whole number.", "Write it without quotes, dots or exponents.");
        return fallback;
    }

    /// <summary>Reads a text into a value of its own type; says what is wrong otherwise and goes on with the default.</summary>
    public T Parsed<T>(string name, T fallback, TryParse<T> parse, string wrong, string remedy)
    {
        if (Text(name) is not { } text)
        {
            return fallback;
        }

        if (parse(text, out var value))
        {
            return value;
        }

        _problems.Add(new ConfigProblem(KeyOf(name), _showsValues ? text : Hidden, wrong, remedy));
        return fallback;
    }

    /// <summary>A key that people write and that has its own reason not to be there.</summary>
    public void Forbid(string name, string wrong, string remedy)
    {
        if (Take(name) is not null)
        {
            _problems.Add(new ConfigProblem(KeyOf(name), Hidden, wrong, remedy));
        }

        // Not offered as a key that is known here.
        _known.Remove(name);
        _values.Remove(name);
    }

    public void RejectUnknown()
    {
        foreach (var (name, value) in _values.Where(pair => !_known.Contains(pair.Key)))
        {
            var nearest = NearestKey.To(name, _known);
            _problems.Add(new ConfigProblem(KeyOf(name), Shown(value), "There is no such key.",
                nearest is null ? $"Known here: {string.Join(", ", _known.Order(StringComparer.Ordinal))}." : $"Did you mean \"{KeyOf(nearest)}\"?"));
        }
    }

    public delegate bool TryParse<T>(string text, out T value);

    private JsonElement? Take(string name)
    {
        _known.Add(name);
        return _values.TryGetValue(name, out var value) ? value : null;
    }

    private void Wrong(string name, JsonElement value, string wrong, string remedy) =>
        _problems.Add(new ConfigProblem(KeyOf(name), Shown(value), wrong, remedy));

    private string KeyOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private string Shown(JsonElement value)
    {
        if (!_showsValues)
        {
            return Hidden;
        }

        var text = value.GetRawText().ReplaceLineEndings(" ");
        return text.Length <= 60 ? text : text[..57] + "...";
    }
}
