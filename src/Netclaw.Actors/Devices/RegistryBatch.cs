using System.Collections.Immutable;
using Akka.Actor;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>A command and who waits for its answer.</summary>
internal sealed record AskedCommand(RegistryCommand Command, IActorRef Asker);

/// <summary>
/// Commands decided one after the other, each on what the ones before it will have done, to be written as one and answered in
/// order afterwards, refusals included.
/// </summary>
internal sealed record RegistryBatch(
    DateTimeOffset Now, ImmutableArray<(AskedCommand Asked, RegistryReply Reply)> Answers, ImmutableArray<RegistryEvent> Events, RegistryState State)
{
    /// <param name="rules">Decides each.</param>
    /// <param name="now">Takes the place of the time each was asked at: what expires while it waits is expired.</param>
    /// <param name="defect">Called when deciding a command throws; that command alone is refused.</param>
    public static RegistryBatch Decide(RegistryRules rules, IEnumerable<AskedCommand> asked, RegistryState state, DateTimeOffset now, Action<RegistryCommand, Exception> defect)
    {
        var answers = ImmutableArray.CreateBuilder<(AskedCommand, RegistryReply)>();
        var events = ImmutableArray.CreateBuilder<RegistryEvent>();
        foreach (var one in asked)
        {
            var command = one.Command;
            try
            {
                var decision = rules(command with { Now = now }, state);
                state = decision.Events.IsEmpty ? state : state.Apply(decision.Events.AsSpan());
                events.AddRange(decision.Events);
                answers.Add((one, decision.Reply));
            }
            catch (Exception e)
            {
                defect(command, e);
                answers.Add((one, new RegistryReply.Refused(command.CommandId, RefusalCode.InternalError, "the registry could not decide this")));
            }
        }

        return new RegistryBatch(now, answers.ToImmutable(), events.ToImmutable(), state);
    }
}
