using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Importing;

/// <summary>Imported devices that have a key: paired here like any other, with what they held there. A key that this gateway knows keeps what it has here.</summary>
internal static class KeyedRules
{
    public static (ImportRow, RegistryEvent?) Decide(string from, KeyedEntry entry, RegistryCommand.Import command, RegistryState state)
    {
        var id = entry.PublicKey.DeviceId;
        if (state.Devices.TryGetValue(id, out var known))
        {
            return (Known(from, known), null);
        }

        if (Problem(entry) is { } problem)
        {
            return (new ImportRow(from, ImportRow.NotKept, entry.Name, id.ToString(), problem), null);
        }

        var (given, note) = ImportedName.Of(entry.Name, id.Short);
        var device = new Device
        {
            Id = id, Key = entry.PublicKey, Name = UniqueName.Choose(given, id, state.Names), Platform = Pairing.PlatformText.Normalize(entry.Platform),
            Kind = DeviceKind.Paired, Roles = [.. entry.Roles.Distinct().Order()], Scopes = entry.Scopes, Via = PairedVia.Import, PairedBy = command.By.Subject,
            PairedAt = ImportedTime.Of(entry.PairedAtMs) is { } paired && paired < command.Now ? paired : command.Now,
            SeenAt = ImportedTime.Of(entry.LastSeenMs) is { } seen && seen < command.Now ? seen : null, Tokens = Tokens(entry, command.Now),
        };
        return (new ImportRow(from, ImportRow.Kept, device.Name, id.ToString(), note), new RegistryEvent.DeviceImported(command.Now, device));
    }

    private static ImportRow Known(string from, Device known) => known switch
    {
        { RevokedAt: { } revoked } => new ImportRow(from, ImportRow.NotKept, known.Name, known.Id.ToString(),
            $"its key was revoked here on {ImportedTime.Day(revoked)}; only a code or an approval lets it in again"),
        { Kind: DeviceKind.Host } => new ImportRow(from, ImportRow.NotKept, known.Name, known.Id.ToString(), "its key is this gateway's own host credential"),
        _ => new ImportRow(from, ImportRow.Present, known.Name, known.Id.ToString(), "is paired here already and keeps what it holds here"),
    };

    private static string? Problem(KeyedEntry entry) => entry switch
    {
        { Roles.IsDefaultOrEmpty: true } => "it has no role that this gateway knows",
        { Roles: var roles } when !roles.All(Enum.IsDefined) => "it has a role that this gateway does not know",
        { PublicKey.Algorithm: KeyAlgorithm.P256 } when !IsOnCurve(entry.PublicKey) => "its public key is no point of the curve",
        _ => null,
    };

    /// <summary>One for each role that the device has, never worth more than it. A P-256 device proves itself by its key alone.</summary>
    private static ImmutableArray<DeviceToken> Tokens(KeyedEntry entry, DateTimeOffset now) => entry.PublicKey.Algorithm == KeyAlgorithm.P256
        ? []
        :
        [
            .. (entry.Tokens ?? []).Where(token => entry.Roles.Contains(token.Role) && token.Sha256.Length > 0).DistinctBy(token => token.Role)
                .Select(token => new DeviceToken(
                    token.Role, token.Sha256, new ScopeSet(token.Scopes.Flags & entry.Scopes.Expanded.Flags), ImportedTime.Of(token.IssuedAtMs) ?? now)),
        ];

    private static bool IsOnCurve(PublicKey key)
    {
        var imported = P256.TryImport(key, out var verifier);
        verifier?.Dispose();
        return imported;
    }
}
