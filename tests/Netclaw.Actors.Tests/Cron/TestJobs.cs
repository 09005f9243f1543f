using System.Collections.Immutable;
using Netclaw.Actors.Cron;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Cron;

/// <summary>Jobs, and a state that is changed only by what the decider says.</summary>
internal sealed class TestJobs
{
    public static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly CronOwner Owner = new("control:uid=1000", ScopeSet.All);

    public CronState State { get; private set; } = CronState.Empty;
    public List<CronEvent> Journal { get; } = [];
    public DateTimeOffset Now { get; set; } = Start;

    public static CronJobId Id(int number) => CronJobId.TryParse($"job_{number:d16}", out var id) ? id : throw new ArgumentException("no id", nameof(number));

    public static CronJobSpec Command(CronPolicySpec? policy = null, CronScheduleSpec? schedule = null) => new(
        "tidy", schedule ?? CronScheduleTests.Every(TimeSpan.FromMinutes(1), Start.AddMinutes(1)), CronJobSpec.Main, CronJobSpec.Now,
        new CronPayloadSpec(CronPayloadSpec.CommandKind) { Argv = ["/bin/true"] })
    {
        Policy = policy,
    };

    public static CronJobSpec Reminder(string at) => new(
        "tea", new CronScheduleSpec(CronScheduleSpec.AtKind) { At = at }, CronJobSpec.Main, CronJobSpec.Now, new CronPayloadSpec(CronPayloadSpec.SystemEventKind) { Text = "tea is ready" });

    public ScheduledJob this[int number] => State.Jobs[Id(number)];

    public CronReply Do(CronCommand command)
    {
        var (events, reply) = CronDecider.Decide(command, State);
        Write(events);
        return reply;
    }

    public void Add(int number, CronJobSpec spec) => Assert.IsType<CronReply.Changed>(Do(new CronCommand.Add(1, Now, Id(number), Owner, spec)));

    public ImmutableArray<CronEvent> Tick(TimeSpan later)
    {
        Now += later;
        return Write(CronDecider.Tick(Now, State, 100));
    }

    public ImmutableArray<CronEvent> End(int number, CronStatus status)
    {
        var run = this[number].Running[0];
        return Write(CronDecider.Ended(Now, [new CronRunEnd(Id(number), run.Number, new CronOutcome(status))], State));
    }

    /// <summary>The daemon goes down, and comes up later.</summary>
    public ImmutableArray<CronEvent> Crash(TimeSpan later)
    {
        Now += later;
        State = Journal.Aggregate(CronState.Empty, (state, happened) => state.Apply(happened));
        return Write(CronDecider.Lost(Now, State));
    }

    private ImmutableArray<CronEvent> Write(ImmutableArray<CronEvent> events)
    {
        Journal.AddRange(events);
        State = events.Aggregate(State, (state, happened) => state.Apply(happened));
        return events;
    }
}
