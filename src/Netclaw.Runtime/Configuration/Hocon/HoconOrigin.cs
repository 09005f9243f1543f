namespace Akka.Configuration.Hocon;

/// <summary>Where a piece of configuration was written; the start of every error about it.</summary>
internal sealed record HoconOrigin(string File, int Line, string Key)
{
    public static readonly HoconOrigin None = new("(configuration)", 0, "");

    public ConfigurationException Error(string problem) => new($"{this}{problem}");

    public override string ToString()
    {
        var place = Line > 0 ? $"{File}:{Line}: " : $"{File}: ";
        return Key.Length > 0 ? $"{place}{Key}: " : place;
    }
}
