using Netclaw.Actors.Devices;
using Netclaw.Actors.Recovery;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Recovery;

/// <summary>A home that nobody serves, looked at by whoever holds its lock: its settings, its keys, and its registry as far as they can be read.</summary>
internal sealed class HomeVisit : IAsyncDisposable
{
    private readonly OfflineCall _call;
    private Keyring? _keys;

    private HomeVisit(OfflineCall call, NetclawOptions options)
    {
        _call = call;
        Options = options;
    }

    public NetclawOptions Options { get; }

    public NetclawHome Home => _call.Home;

    /// <summary>Null: there is no journal, or it was not read.</summary>
    public OfflineRegistry? Registry { get; private set; }

    public LocalAccessFacts Facts { get; private set; } = null!;

    public RecoveryPlanResult Plan => RepairPlan.Of(Facts, Home, Options.Gateway.Name);

    private bool JournalInHome => !Options.Persistence.UsesPostgres;

    /// <returns>Null, with the problem added to the call, when the settings do not say where the journal is, or it is somebody else's at present.</returns>
    public static async Task<HomeVisit?> BeginAsync(OfflineCall call, CancellationToken cancellation)
    {
        if (Settings(call) is not { } options)
        {
            return null;
        }

        var visit = new HomeVisit(call, options);
        var journal = await visit.ReadJournalAsync(cancellation).ConfigureAwait(false);
        if (call.Problems.Any)
        {
            await visit.DisposeAsync().ConfigureAwait(false);
            return null;
        }

        visit.Facts = LocalAccessSurvey.Of(call.Home, journal, visit.Registry?.Snapshot, new LockFact.Free());
        return visit;
    }

    /// <summary>Only what says where the journal is must be right; the rest is for whoever serves the home.</summary>
    /// <returns>Null, with the problems added to the call.</returns>
    public static NetclawOptions? Settings(OfflineCall call)
    {
        var config = ConfigFile.Read(call.Home.ConfigFile, null, call.Machine);
        foreach (var problem in config.Problems.Where(problem => problem.Key == call.Home.ConfigFile || problem.Key.StartsWith("persistence", StringComparison.Ordinal)))
        {
            call.Problems.Add(problem.ToStartProblem());
        }

        return call.Problems.Any ? null : config.Options;
    }

    /// <summary>Keys and registry for writing: what a first start would make is made.</summary>
    /// <returns>Null, with the problems added to the call, when they cannot be opened.</returns>
    public async Task<(Keyring Keys, OfflineRegistry Registry)?> OpenAsync(CancellationToken cancellation)
    {
        _keys ??= new KeyringLoader(Home, _call.Problems, JournalInHome).Open(Options.Gateway.Name);
        if (_keys is not null)
        {
            Registry ??= await OfflineRegistry.OpenAsync(Home, Options, _keys, _call.Environment, _call.Problems, cancellation).ConfigureAwait(false);
        }

        return _keys is not null && Registry is not null ? (_keys, Registry) : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (Registry is { } registry)
        {
            await registry.DisposeAsync().ConfigureAwait(false);
        }

        _keys?.Dispose();
    }

    /// <summary>A journal in files that need not be opened to see what is in them; null: it must be read.</summary>
    public static JournalFact? WithoutRecords(NetclawHome home) => FileFacts.OfPath(home.JournalDatabase) switch
    {
        null => new JournalFact.Missing(),

        // What was written last may stand beside a file that holds nothing yet.
        { Size: 0 } when FileFacts.OfPath(home.JournalDatabase + "-wal") is not { Size: > 0 } => new JournalFact.Empty(),
        _ => null,
    };

    private async Task<JournalFact> ReadJournalAsync(CancellationToken cancellation)
    {
        if (JournalInHome && WithoutRecords(Home) is { } nothing)
        {
            return nothing;
        }

        var problems = new StartProblems();
        _keys = new KeyringLoader(Home, problems, JournalInHome, readOnly: true) { HostKeyMayBeUnreadable = true }.Open(Options.Gateway.Name);
        Registry = _keys is null ? null : await OfflineRegistry.OpenAsync(Home, Options, _keys, _call.Environment, problems, cancellation).ConfigureAwait(false);
        if (Registry is not null)
        {
            return Registry.Snapshot.Sequence == 0 ? new JournalFact.Empty() : new JournalFact.Sound();
        }

        var found = problems.Found[0];
        if (found.Code is RefusalCode.LockHeld or RefusalCode.ConfigInvalid or RefusalCode.HomeNotWritable or RefusalCode.JournalUnavailable) // which say nothing of what is in it
        {
            _call.Problems.Add(found);
        }

        return found.Code == RefusalCode.JournalRolledBack ? new JournalFact.Behind(found.Message) : new JournalFact.Unreadable(found.Message);
    }
}
