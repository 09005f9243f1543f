using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>Method <c>status</c>: what stands, as far as the caller's scopes show it.</summary>
/// <param name="Notices">Null from a gateway that does not tell them yet.</param>
public sealed record StatusResult(
    GatewayStatus Gateway, DaemonStatus Daemon, JournalStatus Journal, RegistryStatus Registry, int Connections, GrantedAuth You, StartNotices? Notices = null)
{
    public const string Method = "status";
}

public sealed record GatewayStatus(GatewayId Id, string Name, PublicKey Key, string Exposure, string AuthMode);

/// <param name="Phase">starting, ready or draining.</param>
/// <param name="SharedSocket">Where other users of this machine come in: <c>netclaw status --url unix:PATH</c>.</param>
public sealed record DaemonStatus(string Version, int Pid, long StartedAtMs, long UptimeMs, string Phase, ImmutableArray<string> Endpoints, string? ControlSocket = null, string? SharedSocket = null);

/// <param name="Problem">The first failed write; null while healthy.</param>
/// <param name="MarkProblem">Why the mark outside the journal is behind it; null while it is not. Nothing is lost by it, but a lost end of the journal would not be noticed.</param>
/// <param name="Failure">The problem in a word (<see cref="JournalTrouble"/>); null while healthy.</param>
public sealed record JournalStatus(string Provider, bool Healthy, long Sequence, string? Problem = null, string? MarkProblem = null, string? Failure = null);

/// <param name="Bootstrap">NotStarted, Seeded or Completed.</param>
/// <param name="LocalPairing">Pairing of local devices without a prompt: on, off, or suspended until an operator confirms.</param>
public sealed record RegistryStatus(int Paired, int Pending, int Revoked, int LiveCodes, string Bootstrap, string? LocalPairing = null);

/// <summary>Method and event <c>health</c>: no scope needed beyond being connected.</summary>
/// <param name="Ts">Server clock, Unix ms.</param>
public sealed record HealthResult(bool Ok, string Status, long UptimeMs, long Ts = 0)
{
    public const string Method = "health";
    public const string EventName = "health";
}

/// <summary>Method <c>connection.list</c>: every live connection.</summary>
public sealed record ConnectionListResult(ImmutableArray<LiveConnection> Connections)
{
    public const string Method = "connection.list";
}

/// <param name="State">The session machine's state by name.</param>
/// <param name="Transport">control, shared or tcp, then the wire: <c>control/signalr</c>.</param>
/// <param name="Internal">True: a node inside this machine's trust boundary, without a device of its own.</param>
/// <param name="NodeId">An internal node's id, for this one connection.</param>
public sealed record LiveConnection(
    SessionId Id, string State,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DeviceId? DeviceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? DeviceName,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Principal,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Role? Role,
    ScopeSet Scopes, string Transport,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? RemoteAddress,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Client,
    long SinceMs, bool? Internal = null, NodeId? NodeId = null);

/// <summary>Method <c>daemon.stop</c>: drains and exits; the answer comes before the drain.</summary>
public sealed record DaemonStopResult(int Pid, int DrainBudgetMs)
{
    public const string Method = "daemon.stop";
}
