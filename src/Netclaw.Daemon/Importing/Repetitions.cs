using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Importing;

/// <summary>An entry that stands in the files twice is decided once: the second is named as what it is.</summary>
internal static class Repetitions
{
    public static ImmutableArray<ImportItem> Named(IEnumerable<ImportItem> items)
    {
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        return [.. items.Select(item => item.Entry is { } entry && !first.TryAdd(Id(entry), entry.From)
            ? new ImportItem(Row: new ImportRow(entry.From, ImportRow.Noted, entry.Legacy?.Name ?? entry.Keyed!.Name, Id(entry), $"is {first[Id(entry)]} once more"))
            : item)];
    }

    private static string Id(ImportEntry entry) => entry.Legacy is { } legacy ? LegacyDeviceId.Of(legacy.Token).ToString() : entry.Keyed!.PublicKey.DeviceId.ToString();
}
