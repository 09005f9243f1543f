using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Importing;

/// <summary>
/// One entry of a <c>paired.json</c>: <c>{deviceId, publicKey, role, roles, scopes, tokens, displayName, platform, createdAtMs, approvedAtMs, …}</c>, in an array or
/// an object keyed by device id. Scopes are mapped to those of this gateway; tokens are kept as hashes.
/// </summary>
internal static class PairedFile
{
    public const string Kind = "paired-devices";

    /// <param name="key">The name that the entry stands under; null in an array.</param>
    /// <exception cref="DamagedFileException">The entry is not of this form.</exception>
    public static ImportItem Entry(JsonFile file, JsonSpot.Group entry, string? key, string from)
    {
        var fields = new FileFields(file, entry);
        var id = fields.Text("deviceId", "nodeId", "id") ?? key;
        var name = fields.Text("displayName", "name", "label", "clientId") ?? (id is { Length: > 8 } ? id[..8] : id ?? "device");
        var text = fields.Text("publicKey");
        var (roles, scopes, notes) = Grants(fields);
        var tokens = PairedTokens.Read(file, entry, notes);
        var (created, paired, seen) = (fields.Time("createdAtMs", "createdAt"), fields.Time("approvedAtMs", "pairedAtMs", "approvedAt"), fields.Time("lastSeenAtMs", "lastSeenAt", "lastConnectedAtMs"));
        if (Problem(entry, text, id, key, out var publicKey) is { } problem)
        {
            return new ImportItem(Row: new ImportRow(from, ImportRow.NotKept, name, id, problem));
        }

        return new ImportItem(new ImportEntry
        {
            From = from, Note = notes.Count == 0 ? null : string.Join("; ", notes),
            Keyed = new KeyedEntry(name, publicKey, roles, scopes, fields.Text("platform"), paired ?? created, seen, tokens.IsEmpty ? null : tokens),
        });
    }

    private static (ImmutableArray<Role> Roles, ScopeSet Scopes, List<string> Notes) Grants(FileFields fields)
    {
        var named = fields.Texts("roles").Concat(fields.Text("role") is { } role ? [role] : []).Distinct(StringComparer.Ordinal).ToList();
        var notes = new List<string>();
        var strangers = named.Where(one => one is not ("operator" or "node")).ToList();
        if (strangers.Count > 0)
        {
            notes.Add($"roles that this gateway does not know were left out: {string.Join(", ", strangers)}");
        }

        var scopes = ScopeSet.Parse(fields.Texts("scopes"), out var unknown);
        if (!unknown.IsEmpty)
        {
            notes.Add($"scopes that this gateway does not know were left out: {string.Join(", ", unknown)}");
        }

        return ([.. named.Where(one => one is "operator" or "node").Select(one => one == "node" ? Role.Node : Role.Operator)], scopes, notes);
    }

    private static string? Problem(JsonSpot.Group entry, string? text, string? id, string? key, out PublicKey publicKey)
    {
        publicKey = null!;
        if (entry.Find("revokedAtMs", "revokedAt") is not null || entry.Find("revoked") is JsonSpot.Truth { Value: true })
        {
            return "it was revoked there";
        }

        if (text is null)
        {
            return "it has no public key, so nothing could be proven by it; pair it by a code: netclaw daemon pair";
        }

        if (!ForeignKey.TryParse(text, out publicKey))
        {
            return "its public key is none that this gateway can verify";
        }

        var hex = publicKey.DeviceId.Hex;
        return Names(id, hex) && Names(key, hex) ? null : "its id is not the hash of its public key";
    }

    private static bool Names(string? id, string hex) => id is null || id == hex || id == $"d_{hex}";
}
