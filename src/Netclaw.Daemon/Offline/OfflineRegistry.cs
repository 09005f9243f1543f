using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Hosting;
using Netclaw.Actors.Journal;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Journal;
using Netclaw.Daemon.Journal.Auditing;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Postgres;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Offline;

/// <summary>
/// The registry of a home that nobody serves: the daemon's own actor and rules on the daemon's own journal, and nothing that listens. What is asked here
/// is decided, written and answered as it would be by a daemon. The caller holds the home's lock; on PostgreSQL this holds the lease.
/// </summary>
internal sealed class OfflineRegistry : IAsyncDisposable
{
    private static readonly TimeSpan StopBudget = TimeSpan.FromSeconds(10);

    private readonly IHost _host;
    private readonly JournalLease? _lease;

    /// <summary>Whose mark is raised at the end; null: nobody's.</summary>
    private Keyring? _keys;

    private OfflineRegistry(IHost host, JournalLease? lease, Keyring? keys)
    {
        _host = host;
        _lease = lease;
        _keys = keys;
    }

    /// <summary>What is durable by now, by persistence id.</summary>
    public IEnumerable<KeyValuePair<string, JournalHead>> Heads => Health.Writers.Heads;

    public JournalHealth Health => _host.Services.GetRequiredService<JournalHealth>();

    /// <summary>What the last durable write has made of it.</summary>
    public RegistrySnapshot Snapshot => _host.Services.GetRequiredService<RegistryView>().Current ?? RegistrySnapshot.Empty;

    private IActorRef Actor => _host.Services.GetRequiredService<IReadOnlyActorRegistry>().Get<DeviceRegistryKey>();

    /// <summary>Reads the whole journal. One that is missing is made: whether it may be is for the caller to know.</summary>
    /// <param name="keys">Stays the caller's.</param>
    /// <param name="overrides">Replaces services, for tests.</param>
    /// <param name="replaced">The journal was replaced on purpose: it is not compared with the mark, and the mark is the caller's to set (<see cref="Keyring.BeginEpoch"/>).</param>
    /// <returns>Null, with the problem added, when the journal cannot be read, is another's or is behind its mark; then nothing is held.</returns>
    public static async Task<OfflineRegistry?> OpenAsync(
        NetclawHome home, NetclawOptions options, Keyring keys, Func<string, string?> environment, StartProblems problems, CancellationToken cancellation,
        Action<IServiceCollection>? overrides = null, bool replaced = false)
    {
        var postgres = options.Persistence.UsesPostgres ? PostgresSettings.Read(home, options.Persistence, environment, problems) : null;
        if (problems.Any || (postgres is null && !(SqliteFiles.Prepare(home.JournalDatabase, problems) && SqliteFiles.Prepare(home.SnapshotDatabase, problems))))
        {
            return null;
        }

        var lease = postgres is null ? null : new JournalLease(postgres);
        if (lease is not null && await lease.TryTakeAsync(cancellation).ConfigureAwait(false) is { } held)
        {
            problems.Add(held);
            return null;
        }

        SqliteProvider.Use();
        var auditor = new JournalAuditor(home, postgres, keys.Journal, keys.Mark);
        if (!replaced && await JournalComparison.OfRecordsAsync(auditor).ConfigureAwait(false) is { } lost)
        {
            problems.Add(lost);
            if (lease is not null)
            {
                await lease.DisposeAsync().ConfigureAwait(false);
            }

            return null;
        }

        var registry = new OfflineRegistry(Build(home, keys, postgres, overrides), lease, replaced ? null : keys);
        try
        {
            await registry._host.StartAsync(cancellation).ConfigureAwait(false);

            // It waits behind the recovery, so its answer says that the journal is read.
            var read = await registry.AskAsync(new RegistryCommand.ExpireDue(0, registry.Now)).ConfigureAwait(false) is not null;
            var problem = !read ? await JournalComparison.OfFailureAsync(auditor, registry.Health.Failure).ConfigureAwait(false)
                : replaced ? null : JournalComparison.OfState(keys.Mark, registry.Snapshot);
            if (problem is null)
            {
                return registry;
            }

            problems.Add(problem);
            registry._keys = null;
        }
        catch
        {
            await registry.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await registry.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    /// <summary>For commands: whole milliseconds, as time is stored.</summary>
    public DateTimeOffset Now =>
        DateTimeOffset.FromUnixTimeMilliseconds(_host.Services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds());

    /// <returns>Null when the journal failed before it could be answered; <see cref="Health"/> says how.</returns>
    public Task<RegistryReply?> AskAsync(RegistryCommand command) => Actor.AskUnlessFailedAsync(command, Health);

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_host.Services.GetRequiredService<IReadOnlyActorRegistry>().TryGet<DeviceRegistryKey>(out var actor))
            {
                await actor.GracefulStop(StopBudget, StopRegistry.Instance).ConfigureAwait(false);
            }
        }
        catch (TaskCanceledException)
        {
            // It had its time; what was acknowledged is durable, and a snapshot can be made again.
        }

        try
        {
            _keys?.Advance(Heads);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What was acknowledged is in the journal; the next daemon catches the mark up, or says why it cannot.
        }

        await _host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        _host.Dispose();
        if (_lease is not null)
        {
            await _lease.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static IHost Build(NetclawHome home, Keyring keys, PostgresSettings? postgres, Action<IServiceCollection>? overrides)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "netclawd", ContentRootPath = AppContext.BaseDirectory });
        var services = builder.Services;
        services.AddLogging(logging => logging.ClearProviders());
        services.AddSingleton<IHostLifetime, Lifetime.QuietLifetime>();
        services.AddSingleton(keys.Journal).AddSingleton<IDurabilityProbe, NoDurabilityProbe>();
        services.AddNetclawActorServices();
        services.AddAkka("netclaw", akka => akka
            .AddHoconFile(Path.Combine(AppContext.BaseDirectory, "hocon", "netclaw.conf"), HoconAddMode.Prepend)
            .ConfigureLoggers(loggers => loggers.ClearLoggers())
            .WithNetclawJournal(home, postgres)
            .WithActors((system, actors, resolver) => actors.Register<DeviceRegistryKey>(JournalSetup.StartRegistry(system, resolver, "registry", posture: null))));
        overrides?.Invoke(services);
        return builder.Build();
    }
}
