using Netclaw.Protocol;

namespace Netclaw.Cli.Service;

/// <summary>What a unit is made from.</summary>
/// <param name="Program">Full path of netclawd.</param>
/// <param name="DotnetRoot">Where its runtime is, when netclawd would not find it by itself.</param>
/// <param name="Account">System units: who it runs as. Null for a user unit, which runs as its user.</param>
/// <param name="Drain">Of netclaw.json.</param>
internal sealed record UnitFacts(string Program, string? DotnetRoot, NetclawHome Home, Account? Account, TimeSpan Drain)
{
    public bool IsSystem => Account is not null;
}
