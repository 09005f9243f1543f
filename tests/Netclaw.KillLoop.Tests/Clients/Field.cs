using Netclaw.KillLoop.Oracle;
using Netclaw.Protocol;

namespace Netclaw.KillLoop.Clients;

/// <summary>Who acts on one life of the daemon, and the ledger that they write.</summary>
/// <param name="Stranger">A key that is never paired.</param>
internal sealed record Field(Ledger Ledger, Operator Operator, DeviceClient Client, LedgerDevice Stranger)
{
    private static readonly ScopeSet[] Grants = [ScopeSet.DeviceDefault, ScopeSet.ReadWrite, new(Scope.Read), new(Scope.Read | Scope.Approvals)];

    public static ScopeSet AnyScopes(Random random) => Grants[random.Next(Grants.Length)];
}
