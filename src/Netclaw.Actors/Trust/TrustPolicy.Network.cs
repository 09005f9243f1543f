using System.Globalization;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;
using static Netclaw.Actors.Trust.AccessDecision;

namespace Netclaw.Actors.Trust;

/// <summary>TCP: an address is never an identity; a proven key is (trust.md sections 3 and 6).</summary>
public static partial class TrustPolicy
{
    private const int LongestShown = 100;

    private static AccessDecision? ForeignHost(AccessQuestion asked) => asked.Evidence.HostAllowed
        ? null
        : new Refused(RefusalCode.HostNotAllowed, "host", $"Host {Shown(asked.Evidence.Host ?? "")}");

    private static AccessDecision? ForeignOrigin(AccessQuestion asked) => asked.Evidence is { Origin: { } origin, OriginAllowed: false }
        ? new Refused(RefusalCode.OriginNotAllowed, "origin", $"Origin {Shown(origin)}")
        : null;

    private static AccessDecision? ProvenDevice(AccessQuestion asked)
    {
        if (asked is not { Verdict: ProofVerdict.Valid, Hello.DeviceKey: { } key })
        {
            return null;
        }

        return asked.Registry.Devices.GetValueOrDefault(key.DeviceId) switch
        {
            null => PairOr(asked, key, new Refused(RefusalCode.PairingRequired, "pairing", $"{key.DeviceId.Short} is not paired with this gateway")),
            { IsRevoked: true } => PairOr(asked, key, new Refused(RefusalCode.DeviceRevoked, "pairing", $"{key.DeviceId.Short} was revoked")),
            { Kind: DeviceKind.Host } host => HostDevice(asked, host),
            { Kind: DeviceKind.Paired } device => Exceeds(asked.Hello, device) is { } refused
                ? PairOr(asked, key, refused)
                : Grant(AuthMethod.DeviceKey, asked.Hello, device),
            { Kind: var kind } => throw new ArgumentOutOfRangeException(nameof(asked), kind, "no such kind of device"),
        };
    }

    /// <summary>The host credential is a file on this machine: from anywhere else, or through a proxy, it was carried off.</summary>
    private static AccessDecision HostDevice(AccessQuestion asked, Device host) => asked.Evidence switch
    {
        { Forwarded: true } => new Refused(RefusalCode.HostCredentialNotLocal, "host-credential", "the host credential came with proxy headers"),
        { RemoteIsOwnHost: false } => new Refused(RefusalCode.HostCredentialNotLocal, "host-credential",
            $"the host credential came from {asked.Evidence.ClientAddress}"),
        _ => (AccessDecision?)Exceeds(asked.Hello, host) ?? Grant(AuthMethod.HostKey, asked.Hello, host),
    };

    private static Refused? Exceeds(Hello hello, Device device)
    {
        if (!device.Roles.Contains(hello.Role))
        {
            return new Refused(RefusalCode.RoleNotAllowed, "role",
                $"{device.Id.Short} is paired as {string.Join(" and ", device.Roles.Select(NativeTranscript.RoleText))}, not as {NativeTranscript.RoleText(hello.Role)}");
        }

        var missing = new ScopeSet(hello.Scopes.Flags & ~device.Scopes.Expanded.Flags);
        return missing.IsEmpty ? null : new Refused(RefusalCode.MissingScope, "scopes", $"{device.Id.Short} does not hold {missing}");
    }

    private static Granted Grant(AuthMethod method, Hello hello, Device device) =>
        new(new Principal(method, hello.Role, Wanted(hello, device.Scopes), device.Id, device.Name));

    /// <summary>Whoever proved a key and offered to pair may ask; everybody else hears why not.</summary>
    private static AccessDecision PairOr(AccessQuestion asked, PublicKey key, Refused otherwise) => asked.Hello.Pairing is { } intent
        ? new MustPair(key, asked.Hello.Role, asked.Hello.Scopes, intent)
        : otherwise;

    /// <summary>What a client sent, short and on one line.</summary>
    private static string Shown(string text)
    {
        var printable = string.Concat(text.Take(LongestShown).Select(symbol => symbol is > ' ' and <= '~' ? symbol : '?'));
        return text.Length > LongestShown ? string.Create(CultureInfo.InvariantCulture, $"{printable}... ({text.Length} characters)") : printable;
    }
}
