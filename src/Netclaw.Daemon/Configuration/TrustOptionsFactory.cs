using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Daemon.Accounts;

namespace Netclaw.Daemon.Configuration;

/// <summary>What the policy decides by, from what netclaw.json says: the one place where the two meet.</summary>
public static class TrustOptionsFactory
{
    /// <param name="options">Checked before; names of accounts that nobody has are left out.</param>
    /// <param name="owner">The user that the daemon runs as.</param>
    public static TrustOptions Create(NetclawOptions options, uint owner, IAccounts accounts) => new()
    {
        OwnerUserId = owner,
        Exposure = options.Exposure.Mode,
        TrustedProxies = options.Exposure.TrustedProxies,
        Auth = options.Auth.Mode,
        TrustedProxy = options.Auth.TrustedProxy,
        SharedSecretScopesLocal = options.Auth.SharedSecretScopes.Local,
        SharedSecretScopesRemote = options.Auth.SharedSecretScopes.Remote,
        ControlUsers = AccountNames.Known(options.Control.AllowUsers, accounts.UserOf),
        ControlGroups = AccountNames.Known(options.Control.AllowGroups, accounts.GroupOf),
        ControlScopes = options.Control.Scopes,
        HostAcceptFrom = options.Host.AcceptFrom,
        AutoApproveLocal = options.Pairing.AutoApproveLocal,
        LocalPairingScopes = options.Pairing.LocalScopes,
    };

    /// <summary>What connections are read by.</summary>
    /// <param name="trust">Made of the same options.</param>
    public static EvidenceRules Rules(NetclawOptions options, TrustOptions trust) => new()
    {
        Trust = trust,
        ExternalUrl = options.Exposure.ExternalUrl,
        Hosts = options.Exposure.Hosts,
        Origins = options.Exposure.Origins,
    };
}
