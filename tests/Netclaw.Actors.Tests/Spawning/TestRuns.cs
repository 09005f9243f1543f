using Netclaw.Actors.Spawning;
using Netclaw.Actors.Tests.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Spawning;

/// <summary>Runs without an actor: decided, applied, remembered.</summary>
internal sealed class TestRuns(SpawnLimits? options = null)
{
    public static readonly DateTimeOffset Begun = TestRegistry.Start;

    private long _commands;

    public SpawnLimits Options { get; } = options ?? new SpawnLimits();

    public RunsState State { get; private set; } = RunsState.Empty;

    public List<RunEvent> Journal { get; } = [];

    public DateTimeOffset Now { get; set; } = Begun;

    public RunReply? Do(Func<long, DateTimeOffset, RunCommand> command)
    {
        var (events, reply) = SpawnDecider.Decide(command(++_commands, Now), State, Options);
        foreach (var happened in events)
        {
            State = State.Apply(happened);
            Journal.Add(happened);
        }

        return reply;
    }

    public RunReply? Spawn(RunPlan plan) => Do((id, now) => new RunCommand.Spawn(id, now, plan));

    public Run Spawned(RunPlan plan) => Assert.IsType<RunReply.Accepted>(Spawn(plan)).Run;

    public void End(RunId run, RunVerdict how = RunVerdict.Done) => Do((_, now) => new RunCommand.End(now, run, new RunEnd(how, 0, "", null)));

    public static RunPlan Plan(int number, RunId? parent = null, string subject = "anna", ConversationKey? announce = null) => new(
        Id(number), new RunWork.Program(["true"], null), null, announce, parent, 0, 60_000, true, ScopeSet.ReadWrite, subject);

    public static RunId Id(int number) => RunId.TryParse($"run_{number:d16}", out var id) ? id : throw new ArgumentException("no id");
}
