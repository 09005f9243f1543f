using System.Collections.Immutable;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Cron;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Spawning;
using Netclaw.Actors.Trust;

namespace Netclaw.Actors.Methods;

/// <summary>What the handlers share.</summary>
public sealed class HandlerParts
{
    public required GatewayIdentity Gateway { get; init; }
    public required IDaemonFacts Daemon { get; init; }
    public required IEndpointNames Endpoints { get; init; }
    public required IQrDrawing Qr { get; init; }
    public required IDaemonControl Control { get; init; }
    public required RegistryView View { get; init; }
    /// <summary>The registry's actor of this moment: another one after the journal was away and came back. Whoever asks it watches the one asked.</summary>
    public required Func<IActorRef> Registry { get; init; }
    public required JournalHealth Health { get; init; }
    public required LiveSessions Live { get; init; }
    public required NodeDirectory Nodes { get; init; }
    public required NodeTelemetry Telemetry { get; init; }

    /// <summary>The actor of what waits for nodes, of this moment; as the registry's.</summary>
    public required Func<IActorRef> Queues { get; init; }

    /// <summary>The actor of runs, of this moment; as the registry's.</summary>
    public required Func<IActorRef> Runs { get; init; }
    public required SpawnLimits Spawning { get; init; }
    public required ISpawnPlace Place { get; init; }

    /// <summary>The actor of scheduled jobs, of this moment; as the registry's.</summary>
    public required Func<IActorRef> Cron { get; init; }
    public required CronView Jobs { get; init; }

    /// <summary>The actor of conversations, of this moment; as the registry's.</summary>
    public required Func<IActorRef> Conversations { get; init; }

    /// <summary>Those that are configured; the first is the default one.</summary>
    public required Func<ImmutableArray<AgentDescription>> Agents { get; init; }
    public required SecretSealer Sealer { get; init; }
    public required TrustOptions Trust { get; init; }
    public required PairingOptions Pairing { get; init; }
    public required AuditTrail Audit { get; init; }
    public required NetclawMetrics Metrics { get; init; }
    public required TimeProvider Time { get; init; }
    public required ILogger Log { get; init; }

    /// <summary>The default agent's id.</summary>
    public string DefaultAgent() => KeyReading.DefaultOf(Agents());
}
