using Netclaw.Cli.Endpoints;
using Netclaw.Protocol;

namespace Netclaw.Cli.Gateway;

/// <summary>Which endpoint a result came from.</summary>
/// <param name="Rule">url, control, host or profile.</param>
public sealed record ReachedBy(string Rule, string Address, string Method)
{
    public static ReachedBy Of(EndpointCandidate via, GrantedAuth you) => new(via.Rule, via.Address, you.Method);
}
