using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Which part of the gateway serves a method.</summary>
public enum HandlerKey
{
    /// <summary>The session itself, before it is active.</summary>
    Handshake,
    Status,
    Connections,
    Devices,
    Daemon,
    Probes,
    Recovery,
    Nodes,

    /// <summary>Commands on nodes.</summary>
    Invokes,

    /// <summary>What nodes tell about themselves.</summary>
    NodeReports,

    /// <summary>What waits for nodes.</summary>
    NodeQueues,
    Reading,

    /// <summary>What operators are asked to allow.</summary>
    Approvals,

    /// <summary>Conversations, and turns of agents in them.</summary>
    Conversations,

    /// <summary>What agents that are programs may call.</summary>
    AgentTools,

    /// <summary>What is started on this machine.</summary>
    Runs,

    /// <summary>Scheduled jobs.</summary>
    Cron,
}

/// <summary>One row of the catalogue.</summary>
/// <param name="Role">The only role that may call it; null: any.</param>
/// <param name="Needed">The scope it takes; none: being connected is enough.</param>
/// <param name="Idempotent">Calling it again after a lost answer does no harm.</param>
/// <param name="Params">Null: it takes none. Only named here: what JSON needs to know of every shape would cost each start more than reading its journal.</param>
/// <param name="Purpose">One sentence for docs/methods.md.</param>
public sealed record MethodEntry(
    string Name, Role? Role, Scope Needed, HandlerKey Handler, bool Idempotent, Type? Params, Type Result, string Purpose)
{
    /// <summary>Nodes may call it too, and take no scope for it: about what they asked for themselves, which its handler sees to.</summary>
    public bool NodesToo { get; init; }
}

/// <summary>One event that the gateway sends.</summary>
/// <param name="Needed">The scope it takes to hear it; with one, only operators do.</param>
/// <param name="Role">The only role that hears it; null: as the scope says.</param>
public sealed record EventEntry(string Name, Scope Needed, Type Payload, string Purpose, Role? Role = null);
