using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>What one command comes to: the events to write, in order, and the answer to give once they are durable.</summary>
public sealed record Decision(ImmutableArray<RegistryEvent> Events, RegistryReply Reply)
{
    public static Decision Accept(RegistryReply reply, params ImmutableArray<RegistryEvent> events) => new(events, reply);

    public static Decision Refuse(RegistryCommand command, RefusalCode code, string seen) =>
        new([], new RegistryReply.Refused(command.CommandId, code, seen));
}
