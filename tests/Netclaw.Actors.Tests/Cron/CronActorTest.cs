using System.Collections.Concurrent;
using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
using Netclaw.Actors.Cron;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Tests.Conversations;
using Netclaw.Actors.Tests.Spawning;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Cron;

/// <summary>The jobs' actor beside real conversations, on a real SQLite journal, with virtual time; what it starts, agents and webhooks are in the hands of the test.</summary>
public abstract class CronActorTest : ConversationActorTest
{
    protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly JournalKeys _keys = JournalKeys.Generate();
    private IActorRef _cron = ActorRefs.Nobody;
    private int _number;

    protected CronActorTest() => Begin();

    internal ScriptedPrograms Programs { get; } = new();

    internal KeptWebhooks Hooks { get; } = new();

    /// <summary>What owners may do now.</summary>
    internal ScopeSet? May { get; set; } = ScopeSet.All;

    /// <summary>Owners can be looked up.</summary>
    internal bool Ready { get; set; } = true;

    /// <summary>What jobs say is heard by nobody.</summary>
    internal bool Mute { get; set; }

    internal SpawnCredentials Credentials { get; private set; } = null!;

    /// <summary>Answers in the place of the conversations; null: they do.</summary>
    internal IActorRef? Instead { get; set; }

    private CronView Jobs { get; set; } = new();

    internal ScheduledJob Job(CronJobId id) => Jobs.Current!.Jobs[id];

    internal CronJobId Add(CronJobSpec spec) => AskCron<CronReply.Changed>(id => new CronCommand.Add(id, Now, CronJobId.New(), TestJobs.Owner, spec)).Job.Id;

    internal T AskCron<T>(Func<long, CronCommand> command) where T : CronReply
    {
        TellCron(command);
        return Asker.ExpectMsg<T>(Longest);
    }

    internal void TellCron(Func<long, CronCommand> command) => _cron.Tell(command(++_number), Asker.Ref);

    /// <summary>A minute's job, from the next minute on.</summary>
    internal CronJobSpec EachMinute(CronPolicySpec? policy = null) => TestJobs.Command(policy, CronScheduleTests.Every(Minute, Now + Minute));

    /// <summary>Until everything that was told to the actor until now has been heeded.</summary>
    internal void Settle()
    {
        Clock.Advance(TimeSpan.Zero);
        AskCron<CronReply.Removed>(id => new CronCommand.Remove(id, Now, TestJobs.Id(0)));
    }

    /// <summary>Timers of no time at all fire when time is moved, if only by nothing.</summary>
    internal void Until(Func<bool> holds) => AwaitCondition(
        () =>
        {
            Clock.Advance(TimeSpan.Zero);
            return holds();
        },
        Longest, TimeSpan.FromMilliseconds(10));

    /// <summary>The next program, as soon as the clock has it started.</summary>
    internal async Task<ScriptedProgram> StartedAsync(int count)
    {
        Until(() => Programs.Starts.Count >= count);
        Assert.Equal(count, Programs.Starts.Count);
        return await Programs.NextAsync();
    }

    /// <summary>Ends a program and waits until that is durable.</summary>
    internal void Exit(CronJobId job, ScriptedProgram program, int code, string output = "")
    {
        var before = Job(job).History.Length;
        program.Exit(code, output);
        Until(() => Job(job).History.Length > before);
    }

    /// <summary>As a process that dies and another one that starts a while later.</summary>
    internal void Restart(TimeSpan later = default)
    {
        Sys.Stop(_cron);
        ExpectTerminated(_cron, Longest);
        Crash();
        Clock.Advance(later);
        Begin();
    }

    private void Begin()
    {
        Start();
        (Jobs, Credentials) = (new CronView(), new SpawnCredentials(Clock, Live));
        _cron = Sys.ActorOf(CronActor.Props(new CronParts
        {
            Journal = new JournalParts { Keys = _keys, Health = Journal, Time = Clock }, View = Jobs, Live = Live, Programs = Programs, Webhooks = Hooks, Conversations = () => Mute ? Sys.DeadLetters : Instead ?? Conversations,
            IsReady = () => Ready, Allowed = _ => May, Credentials = Credentials, Place = new OneSpawnPlace(), DefaultAgent = () => "main", Log = NullLogger.Instance,
        }), $"cron-{++_number}");
        Watch(_cron);
        AwaitCondition(() => Jobs.Current is not null, Longest);
    }
}

/// <summary>A webhook that takes everything.</summary>
internal sealed class KeptWebhooks : IWebhooks
{
    public ConcurrentQueue<(Uri Address, string Id, string Body)> Posted { get; } = new();

    /// <summary>Another one, in its place.</summary>
    public Func<Task<string?>>? Instead { get; set; }

    public Task<string?> PostAsync(Uri address, string id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (Instead is { } other)
        {
            return other();
        }

        Posted.Enqueue((address, id, System.Text.Encoding.UTF8.GetString(body.Span)));
        return Task.FromResult<string?>(null);
    }
}
