using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

/// <summary>Who this gateway is, to its clients. One instance per process.</summary>
public sealed record GatewayIdentity(PublicKey Key, string Name, string Version)
{
    public GatewayId Id { get; } = Key.GatewayId;
}

/// <summary>What stays the same for the whole life of a session. <paramref name="Gateway"/> and <paramref name="Methods"/> are shared by all.</summary>
public sealed record SessionFacts(SessionId Id, ConnectionEvidence Evidence, GatewayIdentity Gateway, MethodCatalogue Methods);
