using System.Globalization;

namespace Netclaw.Daemon.Importing;

/// <summary>The fields of one object of a file: what is of another type than it must be, damages the file.</summary>
internal sealed class FileFields(JsonFile file, JsonSpot.Group fields)
{
    public JsonSpot.Group Fields => fields;

    /// <exception cref="DamagedFileException">It is not there, or no text.</exception>
    public string Required(string name) => Text(name) ?? throw file.Damage(fields, $"this object has no \"{name}\"");

    /// <summary>The first of these names that is there.</summary>
    public string? Text(params ReadOnlySpan<string> names) => fields.Find(names) switch
    {
        null => null,
        JsonSpot.Text text => text.Value,
        var other => throw file.Damage(other, $"\"{names[0]}\" must be text"),
    };

    public bool Truth(string name) => fields.Find(name) switch
    {
        null => false,
        JsonSpot.Truth truth => truth.Value,
        var other => throw file.Damage(other, $"\"{name}\" must be true or false"),
    };

    /// <summary>ISO 8601, or Unix milliseconds.</summary>
    public long? Time(params ReadOnlySpan<string> names) => fields.Find(names) switch
    {
        null => null,
        JsonSpot.Number { Value: { } milliseconds } => milliseconds,
        JsonSpot.Text text when DateTimeOffset.TryParse(text.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time.ToUnixTimeMilliseconds(),
        var other => throw file.Damage(other, $"\"{names[0]}\" is no time"),
    };

    /// <summary>Empty when it is not there.</summary>
    public IReadOnlyList<string> Texts(string name) => fields.Find(name) switch
    {
        null => [],
        JsonSpot.List list => [.. list.Items.Select(item => item is JsonSpot.Text text ? text.Value : throw file.Damage(item, $"\"{name}\" must be a list of texts"))],
        var other => throw file.Damage(other, $"\"{name}\" must be a list of texts"),
    };
}
