using System.Collections.Frozen;
using System.Globalization;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Importing;

/// <summary>One entry of <c>devices.json</c>: <c>{name, tokenHash, salt, createdAt, lastUsedAt, isBootstrapDevice}</c>.</summary>
internal static class LegacyDevicesFile
{
    public const string Kind = "legacy-devices";

    private static readonly FrozenSet<string> Known =
        FrozenSet.ToFrozenSet(["name", "tokenHash", "salt", "createdAt", "lastUsedAt", "isBootstrapDevice"], StringComparer.Ordinal);

    /// <exception cref="DamagedFileException">The entry is not of this form.</exception>
    public static ImportItem Entry(JsonFile file, JsonSpot.Group entry, string from)
    {
        var fields = new FileFields(file, entry);
        var (name, sha256, salt) = (fields.Required("name"), fields.Required("tokenHash"), fields.Required("salt"));
        var (isBootstrap, created, used) = (fields.Truth("isBootstrapDevice"), fields.Time("createdAt"), fields.Time("lastUsedAt"));
        if (!SaltedHash.TryCreate(sha256, salt, out var hash, out var problem))
        {
            return new ImportItem(Row: new ImportRow(from, ImportRow.NotKept, name, Reason: problem));
        }

        var unknown = entry.Members.Select(member => member.Key).Where(member => !Known.Contains(member)).ToList();
        return new ImportItem(new ImportEntry
        {
            From = from, Legacy = new LegacyEntry(name, hash, isBootstrap, created, used),
            Note = unknown.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"not taken over: {string.Join(", ", unknown)}"),
        });
    }
}
