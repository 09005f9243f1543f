using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Schema;

namespace Netclaw.Daemon.Configuration;

/// <summary>What of a section may be repeated in problems.</summary>
internal enum Shows
{
    Everything,

    /// <summary>A mistyped key may hold a secret.</summary>
    KnownKeys,
    Nothing,
}

/// <summary>
/// One object of netclaw.json while it is being read. A key is known, described and in the schema when it has been asked for, so what is
/// read, accepted and documented cannot drift apart; <see cref="RejectUnknown"/> comes last.
/// </summary>
internal sealed class ConfigSection
{
    private readonly string _path;
    private readonly OrderedDictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly ConfigReading _reading;
    private readonly Shows _shows;

    /// <param name="element">Null: the section is not there.</param>
    public ConfigSection(string path, JsonElement? element, ConfigReading reading, Shows shows = Shows.Everything)
    {
        _shows = shows;
        _path = path;
        _reading = reading;
        IsGiven = element is not null;
        if (element is not { } value)
        {
            return;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            IsGiven = false;
            Place(path.Length == 0 ? "netclaw.json" : path, shows != Shows.Nothing).WrongShape(value, "This must be an object.", "Write { … }.");
            return;
        }

        foreach (var property in value.EnumerateObject())
        {
            if (!_values.TryAdd(property.Name, property.Value))
            {
                Place(KeyOf(property.Name), shows == Shows.Everything)
                    .WrongText(ConfigStage.Duplicate, ValuePlace.Raw(property.Value), "This key stands twice.", "Keep one of them.");
            }
        }
    }

    /// <summary>It stands in the file, as an object.</summary>
    public bool IsGiven { get; }

    public ConfigSection Section(string name, string description, Shows shows = Shows.Everything)
    {
        var element = Take(name);
        _reading.Keys.Add(new ConfigKey(KeyOf(name), new KeyShape.Group(), description, null, null, element is not null, Required: false));
        return new ConfigSection(KeyOf(name), element, _reading, shows);
    }

    /// <summary>One section for each name that people chose, in their order. Where there is none, what such a section may say is described once, under <see cref="ConfigKey.AnyName"/>.</summary>
    public ImmutableArray<T> Entries<T>(string description, Func<string, ConfigSection, T> read)
    {
        string[] names = [.. _values.Keys];
        if (names.Length == 0)
        {
            _ = read(ConfigKey.AnyName, Section(ConfigKey.AnyName, description, _shows));
        }

        return [.. names.Select(name => read(name, Section(name, description, _shows)))];
    }

    /// <summary>Reads a value, or says what is wrong and goes on with the default.</summary>
    /// <param name="defaultNote">Where the default is no fixed value: what it is.</param>
    public T Read<T>(string name, T fallback, ValueForm<T> form, string description, string? defaultNote = null)
    {
        var element = Take(name);
        var value = element is { } given && form.TryRead(given, Place(KeyOf(name), _shows != Shows.Nothing), out var read) ? read : fallback;
        Record(name, form, description, fallback, value, element is not null, required: false, defaultNote);
        return value;
    }

    /// <summary>Null when the key is absent or wrong.</summary>
    public T? Optional<T>(string name, ValueForm<T> form, string description, string? defaultNote = null) where T : class =>
        Read(name, null!, form, description, defaultNote);

    /// <summary>A text that must be there where its section is; empty, with the problem added, when it is not.</summary>
    public string Required(string name, ValueForm<string> form, string description)
    {
        var element = Take(name);
        var value = "";
        if (element is { } given)
        {
            value = form.TryRead(given, Place(KeyOf(name), _shows != Shows.Nothing), out var read) ? read : "";
        }
        else if (IsGiven)
        {
            _reading.Problems.Add(new ConfigProblem(KeyOf(name), null, "This key is missing.", $"Write it: {description}") { Stage = ConfigStage.Shape });
        }

        Record(name, form, description, null!, value.Length == 0 ? null! : value, element is not null, required: true, null);
        return value;
    }

    /// <summary>Those of <paramref name="names"/> that stand in the file.</summary>
    public ImmutableArray<string> GivenOf(params ReadOnlySpan<string> names)
    {
        var given = ImmutableArray.CreateBuilder<string>();
        foreach (var name in names)
        {
            if (_values.ContainsKey(name))
            {
                given.Add(name);
            }
        }

        return given.ToImmutable();
    }

    /// <summary>A key that people write and that has its own reason not to be there.</summary>
    public void Forbid(string name, string wrong, string remedy)
    {
        if (Take(name) is not null)
        {
            _reading.Problems.Add(new ConfigProblem(KeyOf(name), ValuePlace.Hidden, wrong, remedy) { Stage = ConfigStage.Shape });
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
            Place(KeyOf(name), _shows == Shows.Everything).WrongShape(value, "There is no such key.",
                nearest is null ? $"Known here: {string.Join(", ", _known.Order(StringComparer.Ordinal))}." : $"Did you mean \"{KeyOf(nearest)}\"?");
        }
    }

    private void Record<T>(string name, ValueForm<T> form, string description, T fallback, T value, bool given, bool required, string? note)
    {
        JsonNode? Written(T what) => what is null ? null : form.Write(what);
        _reading.Keys.Add(new ConfigKey(KeyOf(name), form.Shape, description, Written(fallback), Written(value), given, required) { DefaultNote = note });
    }

    private JsonElement? Take(string name)
    {
        _known.Add(name);
        return _values.TryGetValue(name, out var value) ? value : null;
    }

    private ValuePlace Place(string key, bool showsValues) => new(key, _reading.Problems, showsValues);

    private string KeyOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
}
