using System.Collections.Immutable;
using Netclaw.Actors.Agents;

namespace Netclaw.Daemon.Agents.OpenAi;

/// <summary>What one request to a model came to.</summary>
/// <param name="Text">Of this reply alone.</param>
/// <param name="StopReason">As <see cref="AgentOutcome.Completed"/> has it.</param>
internal sealed record ModelReply(string Text, ImmutableArray<ModelToolCall> Calls, string StopReason, AgentUsage? Usage);

/// <param name="Arguments">Text that should be a JSON object.</param>
internal sealed record ModelToolCall(string Id, string Tool, string Arguments);
