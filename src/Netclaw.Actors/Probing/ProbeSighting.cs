using System.Collections.Immutable;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Probing;

/// <summary>A probe's request as the listener saw it.</summary>
public sealed record ProbeSighting(ConnectionEvidence Evidence, string Path, string HttpVersion, bool Upgrade, ImmutableArray<ProbeHeader> Headers);
