using System.Collections.Immutable;
using System.Globalization;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Importing;

/// <summary>Which form a file has: by its name where that says it, else by what is in it.</summary>
internal static class ForeignForm
{
    private const string Pending = "pending-requests";

    /// <exception cref="DamagedFileException">It is of none of the forms.</exception>
    public static string Of(JsonFile file, string name) => (Path.GetFileName(name), file.Root) switch
    {
        ("bootstrap-state.json", JsonSpot.Group) => BootstrapFile.Kind,
        ("secrets.json", JsonSpot.Group) => SecretsFile.Kind,
        ("bootstrap-state.json" or "secrets.json", var root) => throw file.Damage(root, "the file must be one JSON object"),
        ("pending.json", JsonSpot.Group or JsonSpot.List) => Pending,
        ("devices.json", JsonSpot.List) => LegacyDevicesFile.Kind,
        (_, JsonSpot.Group group) when group.Find(SecretsFile.TokenKey) is not null => SecretsFile.Kind,
        (_, JsonSpot.List { Items: [JsonSpot.Group first, ..] }) when first.Find("tokenHash") is not null => LegacyDevicesFile.Kind,
        (_, JsonSpot.List or JsonSpot.Group) => PairedFile.Kind,
        (_, var root) => throw file.Damage(root, "the file must be a JSON array or object of devices"),
    };

    /// <param name="before">What the files before it said.</param>
    /// <exception cref="DamagedFileException">An entry is not of the form.</exception>
    public static IReadOnlyList<ImportItem> Items(JsonFile file, string kind, IReadOnlyList<ImportItem> before) => kind switch
    {
        BootstrapFile.Kind => [BootstrapFile.Item(file, (JsonSpot.Group)file.Root)],
        SecretsFile.Kind => [.. SecretsFile.Items(file, (JsonSpot.Group)file.Root, Legacy(before))],
        Pending => [new ImportItem(Row: new ImportRow(file.Name, ImportRow.Noted, Reason: string.Create(
            CultureInfo.InvariantCulture, $"{Entries(file).Count} requests that wait are not taken over: those devices ask again, netclaw pair <url> --request")))],
        _ => [.. Entries(file).Select(entry => Device(file, kind, entry.Key, entry.From, entry.Spot))],
    };

    private static ImportItem Device(JsonFile file, string kind, string? key, string from, JsonSpot spot) => spot switch
    {
        JsonSpot.Group group when kind == LegacyDevicesFile.Kind => LegacyDevicesFile.Entry(file, group, from),
        JsonSpot.Group group => PairedFile.Entry(file, group, key, from),
        _ => throw file.Damage(spot, "an entry must be an object"),
    };

    private static List<(string? Key, string From, JsonSpot Spot)> Entries(JsonFile file)
    {
        List<(string? Key, string From, JsonSpot Spot)> entries = file.Root switch
        {
            JsonSpot.List list => [.. list.Items.Select((item, index) => ((string?)null, string.Create(CultureInfo.InvariantCulture, $"{file.Name}[{index}]"), item))],
            JsonSpot.Group group => [.. group.Members.Select(member => ((string?)member.Key, $"{file.Name}[{Short(member.Key)}]", member.Value))],
            _ => [],
        };
        return entries.Count <= ImportReader.MostEntries ? entries : throw file.Damage(file.Root, string.Create(
            CultureInfo.InvariantCulture, $"the file has {entries.Count} entries; at most {ImportReader.MostEntries} are read"));
    }

    private static string Short(string key) => key.Length <= 12 ? key : key[..12];

    private static List<ImportEntry>? Legacy(IReadOnlyList<ImportItem> items)
    {
        var legacy = items.Select(item => item.Entry).OfType<ImportEntry>().Where(entry => entry.Legacy is not null).ToList();
        return legacy.Count == 0 ? null : legacy;
    }
}
