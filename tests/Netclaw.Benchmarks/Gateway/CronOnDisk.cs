using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Netclaw.Actors.Cron;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Spawning;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>The product's scheduled jobs on a real journal in a home, without the daemon around them. Each runs a command, which notes when it was to be started and ends at once.</summary>
internal sealed class CronOnDisk : IAsyncDisposable, IChildPrograms, ISpawnPlace
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);
    private static readonly CronOwner Owner = new("bench", ScopeSet.All);

    private readonly ConcurrentQueue<(int Job, DateTimeOffset At)> _started = new();
    private IHost _host = null!;
    private IActorRef _cron = ActorRefs.Nobody;
    private long _commands;

    public uint OwnUser => 0;

    public static async Task<CronOnDisk> OpenAsync(NetclawHome home)
    {
        var (opened, view, live) = (new CronOnDisk(), new CronView(), new LiveSessions());
        opened._host = await JournalOnDisk.StartAsync(home);
        opened._cron = opened._host.Services.GetRequiredService<ActorSystem>().ActorOf(CronActor.Props(new CronParts
        {
            Journal = new JournalParts { Keys = JournalKeys.Generate(), Health = new JournalHealth(), Time = TimeProvider.System }, View = view, Live = live, Programs = opened, Webhooks = new NoWebhooks(),
            Conversations = () => ActorRefs.Nobody, IsReady = () => true, Allowed = owner => owner.Scopes, Credentials = new SpawnCredentials(TimeProvider.System, live), Place = opened,
            DefaultAgent = () => "main", Log = NullLogger.Instance,
        }), "cron");
        while (view.Current is null)
        {
            await Task.Delay(5);
        }

        return opened;
    }

    /// <summary>One durable job.</summary>
    /// <param name="first">Its first time; the next ones follow at <paramref name="interval"/>.</param>
    public async Task AddAsync(int job, DateTimeOffset first, TimeSpan interval)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var spec = new CronJobSpec(
            "bench", new CronScheduleSpec(CronScheduleSpec.EveryKind) { EveryMs = (long)interval.TotalMilliseconds, AnchorMs = first.ToUnixTimeMilliseconds() }, CronJobSpec.Main, CronJobSpec.Now,
            new CronPayloadSpec(CronPayloadSpec.CommandKind) { Argv = ["/bin/true", job.ToString(CultureInfo.InvariantCulture)] });
        var reply = await _cron.Ask<CronReply>(new CronCommand.Add(Interlocked.Increment(ref _commands), now, CronJobId.New(), Owner, spec), Bound);
        if (reply is not CronReply.Changed)
        {
            throw new InvalidOperationException($"not added: {reply}");
        }
    }

    /// <summary>Which jobs' commands were to be started, and when, since this was last asked.</summary>
    public List<(int Job, DateTimeOffset At)> Started()
    {
        var started = new List<(int, DateTimeOffset)>();
        while (_started.TryDequeue(out var one))
        {
            started.Add(one);
        }

        return started;
    }

    public Task<ChildEnd> RunAsync(ChildStart start, CancellationToken cancellation)
    {
        _started.Enqueue((int.Parse(start.Argv[1], CultureInfo.InvariantCulture), TimeProvider.System.GetUtcNow()));
        return Task.FromResult(new ChildEnd(0, false, false, "", "", null));
    }

    public string AddressFor(uint user) => "unix:/nowhere";

    public (string? Directory, string? Problem) For(string? asked) => ("/", null);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
