using Netclaw.Actors.Devices;
using Netclaw.Protocol;
using static Netclaw.Actors.Trust.AccessDecision;

namespace Netclaw.Actors.Trust;

/// <summary>The last check: authenticated by now, so what remains is which device, if any, and how much it gets. Always answers.</summary>
internal static class IdentityChecks
{
    public static AccessDecision Identify(AccessQuestion asked) => DeviceChecks.ProvenKey(asked) is { } key
        ? WithDevice(asked, key)
        : asked.Hello.Role switch
        {
            Role.Operator => Grant(asked, MostFor(asked)),
            Role.Node when asked.IsInternal() && NodeChecks.IsAuthenticated(asked) => Grant(asked, ScopeSet.Empty, isInternal: true),
            _ => NodeChecks.Required(asked),
        };

    public static Refused NotPaired(PublicKey key) => new(RefusalCode.PairingRequired, "pairing", $"{key.DeviceId.Short} is not paired with this gateway");

    /// <summary>A key that needed the secret besides its signature, or that nobody has paired yet: it gets what its device holds, never what the secret alone would give.</summary>
    private static AccessDecision WithDevice(AccessQuestion asked, PublicKey key) => asked.Registry.Devices.GetValueOrDefault(key.DeviceId) switch
    {
        null => PairingChecks.PairOr(asked, key, NotPaired(key)),
        { IsRevoked: true } device => PairingChecks.PairOr(asked, key, DeviceChecks.Revoked(device)),
        { Kind: DeviceKind.Host } => new Refused(RefusalCode.HostCredentialNotLocal, "host-credential", "the host credential signs this gateway's own transcript only"),
        { Kind: DeviceKind.Paired } when !IsBacked(asked) => PairingChecks.PairOr(asked, key, SecretChecks.NoDeviceToken(asked)),
        { Kind: DeviceKind.Paired } device => DeviceChecks.Exceeds(asked.Hello, device) is { } refused
            ? PairingChecks.PairOr(asked, key, refused)
            : new Granted(new Principal(Method(asked), asked.Hello.Role, asked.Hello.Wanted(device.Scopes), device.Id, device.Name)
            {
                SecretGeneration = asked.Credentials.SecretGeneration,
            }),
        { Kind: var kind } => throw new ArgumentOutOfRangeException(nameof(asked), kind, "no such kind of device"),
    };

    /// <summary>
    /// A signature that names no gateway may have been relayed: it stands beside the shared secret, or beside the kernel's word on an internal
    /// node, never alone. Nobody named by a proxy, and nobody under auth none, becomes a device by it.
    /// </summary>
    private static bool IsBacked(AccessQuestion asked) =>
        SecretChecks.IsShown(asked) || (asked.Hello.Role == Role.Node && asked.IsInternal() && NodeChecks.IsAuthenticated(asked));

    private static Granted Grant(AccessQuestion asked, ScopeSet most, bool isInternal = false) =>
        new(new Principal(Method(asked), asked.Hello.Role, asked.Hello.Wanted(most), Device: null, Name(asked))
        {
            IsInternal = isInternal,
            SecretGeneration = asked.Credentials.SecretGeneration,
        });

    private static AuthMethod Method(AccessQuestion asked) => asked.Options.Auth switch
    {
        AuthMode.Token => AuthMethod.Token,
        AuthMode.Password => AuthMethod.Password,
        AuthMode.None => AuthMethod.None,
        AuthMode.TrustedProxy => asked.IsLoopbackUser() ? AuthMethod.LoopbackUser : AuthMethod.TrustedProxy,
        _ => throw new ArgumentOutOfRangeException(nameof(asked), asked.Options.Auth, "no such auth mode"),
    };

    private static string Name(AccessQuestion asked) => asked.Options.Auth switch
    {
        AuthMode.TrustedProxy => $"proxy:{Shown.Line(ProxyUserChecks.NameOf(asked))}",
        var mode => $"{mode.Name()}:{asked.Evidence.ClientAddress}",
    };

    /// <summary>What an operator without a device gets at most.</summary>
    private static ScopeSet MostFor(AccessQuestion asked) => asked.Options.Auth switch
    {
        AuthMode.Token or AuthMode.Password => asked.IsDirectLocal() ? asked.Options.SharedSecretScopesLocal : asked.Options.SharedSecretScopesRemote,
        AuthMode.None => ScopeSet.ReadWrite,
        AuthMode.TrustedProxy when IsUnproven(asked) => new ScopeSet(asked.Options.TrustedProxy.ScopesOf(ProxyUserChecks.NameOf(asked)).Expanded.Flags & ScopeSet.ReadWrite.Expanded.Flags),
        AuthMode.TrustedProxy => asked.Options.TrustedProxy.ScopesOf(ProxyUserChecks.NameOf(asked)),
        _ => throw new ArgumentOutOfRangeException(nameof(asked), asked.Options.Auth, "no such auth mode"),
    };

    /// <summary>On loopback any process could have said it, unless the kernel names the process's user or the statement is signed.</summary>
    private static bool IsUnproven(AccessQuestion asked) => asked.Evidence.Place == RemotePlace.Loopback && (asked.IsLoopbackUser()
        ? asked.Options.LoopbackUids.Any
        : asked.Options.TrustedProxy is { Assertion: null } and ({ ProxyUids.IsNone: true } or { ProxyUids.Any: true }));
}
