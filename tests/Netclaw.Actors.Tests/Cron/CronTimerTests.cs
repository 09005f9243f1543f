using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Logging.Abstractions;
using Netclaw.Actors.Cron;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Tests.Spawning;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Actors.Tests.Cron;

/// <summary>Ten thousand jobs in an actor whose every timer is counted.</summary>
public sealed class CronTimerTests() : TestKit(ConfigurationFactory.ParseString("""
    akka.loglevel = OFF
    akka.actor {
      serializers.netclaw = "Netclaw.Actors.Journal.NetclawSerializer, Netclaw.Actors"
      serialization-bindings { "Netclaw.Actors.Journal.JournalRecord, Netclaw.Actors" = netclaw }
    }
    """))
{
    private const int Jobs = 10_000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    [Fact]
    public void TenThousandJobs_CostOneTimer_AndRunWhenTheyAreDue()
    {
        var (time, view, programs, live) = (new CountedTime(), new CronView(), new ScriptedPrograms(), new LiveSessions());
        var cron = Sys.ActorOf(CronActor.Props(new CronParts
        {
            Journal = new JournalParts { Keys = JournalKeys.Generate(), Health = new JournalHealth(), Time = time }, View = view, Live = live, Programs = programs, Webhooks = new NoWebhooks(),
            Conversations = () => ActorRefs.Nobody, IsReady = () => true, Allowed = owner => owner.Scopes, Credentials = new SpawnCredentials(time, live), Place = new OneSpawnPlace(),
            DefaultAgent = () => "main", Log = NullLogger.Instance,
        }));
        for (var number = 1; number <= Jobs; number++)
        {
            var spec = TestJobs.Command(schedule: CronScheduleTests.Every(TimeSpan.FromHours(1), TestJobs.Start.AddMinutes(number)));
            cron.Tell(new CronCommand.Add(number, TestJobs.Start, TestJobs.Id(number), TestJobs.Owner, spec), TestActor);
        }

        ReceiveN(Jobs, Longest);
        Assert.Equal((Jobs, 1), (view.Current!.Jobs.Count, time.Timers));

        time.Clock.Advance(TimeSpan.FromMinutes(3));
        AwaitCondition(
            () =>
            {
                time.Clock.Advance(TimeSpan.Zero);
                return programs.Starts.Count == 3;
            },
            Longest);
        Assert.Equal(1, time.Timers);
    }

    private sealed class CountedTime : TimeProvider
    {
        private int _timers;

        public TestClock Clock { get; } = new(TestJobs.Start);

        public int Timers => Volatile.Read(ref _timers);

        public override long TimestampFrequency => Clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => Clock.GetUtcNow();

        public override long GetTimestamp() => Clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _timers);
            return Clock.CreateTimer(callback, state, dueTime, period);
        }
    }
}
