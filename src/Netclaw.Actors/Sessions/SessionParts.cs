using System.Collections.Frozen;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Bulletins;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;

namespace Netclaw.Actors.Sessions;

/// <summary>What every session of a process shares.</summary>
public sealed class SessionParts
{
    public required GatewayIdentity Gateway { get; init; }
    public required MethodCatalogue Methods { get; init; }
    public required TrustOptions Trust { get; init; }
    public required TrustPolicy Policy { get; init; }
    public required ICredentialChecker Credentials { get; init; }
    public required SessionOptions Options { get; init; }

    /// <summary>The registry's snapshots; null in it until the journal is recovered.</summary>
    public required RegistryView View { get; init; }

    /// <summary>The registry's actor; sessions talk to it only while they pair.</summary>
    /// <summary>The registry's actor of this moment: another one after the journal was away and came back. Whoever asks it watches the one asked.</summary>
    public required Func<IActorRef> Registry { get; init; }

    /// <summary>One handler per key except <see cref="HandlerKey.Handshake"/>.</summary>
    public required FrozenDictionary<HandlerKey, IActorRef> Handlers { get; init; }

    public required LiveSessions Live { get; init; }
    /// <summary>Hears of who comes and goes.</summary>
    public Bulletin Bulletin { get; init; } = new();

    public required SecretSealer Sealer { get; init; }
    public required AuditTrail Audit { get; init; }
    public required NetclawMetrics Metrics { get; init; }
    public required TimeProvider Time { get; init; }
    public required ILogger Log { get; init; }
}
