using System.Globalization;
using System.Text.Json;
using Netclaw.Daemon.Configuration;

namespace Netclaw.Daemon.Schema;

/// <summary>Where in netclaw.json a value stands, for problems about it.</summary>
/// <param name="ShowsValues">False where a value in the wrong place may be a secret.</param>
internal readonly record struct ValuePlace(string Key, List<ConfigProblem> Problems, bool ShowsValues = true)
{
    public const string Hidden = "***";

    private const int Longest = 60;

    public ValuePlace Item(int index) => this with { Key = string.Create(CultureInfo.InvariantCulture, $"{Key}[{index}]") };

    public ValuePlace Entry(string name) => this with { Key = $"{Key}[\"{name}\"]" };

    /// <summary>It has not the shape that the schema asks for.</summary>
    public bool WrongShape(JsonElement element, string wrong, string remedy) => Wrong(ConfigStage.Shape, Raw(element), wrong, remedy);

    /// <summary>A text of the right shape that means nothing here.</summary>
    public bool WrongText(ConfigStage stage, string text, string wrong, string remedy) => Wrong(stage, text, wrong, remedy);

    private bool Wrong(ConfigStage stage, string shown, string wrong, string remedy)
    {
        Problems.Add(new ConfigProblem(Key, ShowsValues ? shown : Hidden, wrong, remedy) { Stage = stage });
        return false;
    }

    public static string Raw(JsonElement element)
    {
        var text = element.GetRawText().ReplaceLineEndings(" ");
        return text.Length <= Longest ? text : text[..(Longest - 3)] + "...";
    }
}
