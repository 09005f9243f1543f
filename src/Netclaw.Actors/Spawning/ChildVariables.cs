using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Spawning;

/// <summary>How a child finds its gateway (trust.md section 4).</summary>
public static class ChildVariables
{
    public const string Url = "NETCLAW_URL";
    public const string Token = "NETCLAW_TOKEN";
    public const string RunId = "NETCLAW_RUN_ID";

    public static ImmutableDictionary<string, string> Of(Protocol.RunId run, string address, Secret credential) => ImmutableDictionary<string, string>.Empty
        .Add(Url, address).Add(Token, credential.Reveal()).Add(RunId, run.ToString());
}
