using System.Net.Sockets;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Agents.OpenAi;
using Netclaw.Daemon.Assertions;
using Netclaw.Daemon.Backups;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Journal;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Listeners;
using Netclaw.Daemon.Locking;
using Netclaw.Daemon.Postgres;
using Netclaw.Daemon.Recovery;
using Netclaw.Daemon.Secrets;
using Netclaw.Daemon.Start;
using Netclaw.Daemon.Telemetry;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Lifetime;

/// <summary>A home that this process may serve: checked, locked, configured, its keys open, its address taken, the way free for its socket.</summary>
public sealed class PreparedHome : IDisposable
{
    private PreparedHome(NetclawHome home, NetclawOptions options, PostgresSettings? postgres, DaemonLock held, Keyring keys, SharedSecretSource secret, Socket tcp, string? shared)
    {
        Home = home;
        Options = options;
        Postgres = postgres;
        Lock = held;
        Keys = keys;
        Secret = secret;
        Tcp = tcp;
        SharedSocket = shared;
    }

    public NetclawHome Home { get; }

    public NetclawOptions Options { get; }

    /// <summary>Null: the journal is SQLite.</summary>
    public PostgresSettings? Postgres { get; }

    public Keyring Keys { get; }

    /// <summary>Where the token or password of the auth mode is kept.</summary>
    public SharedSecretSource Secret { get; }

    /// <summary>What of the telemetry is to be exported, by the environment.</summary>
    public TelemetryRequest Telemetry { get; private init; } = TelemetryRequest.Nothing;

    /// <summary>A full reset that was cut short, its files moved; null: none.</summary>
    internal ResetOrder? Reset { get; private init; }

    /// <summary>Served for a proof alone, not as it is configured.</summary>
    public bool IsTrial { get; private init; }

    /// <summary>Bound, not listening.</summary>
    public Socket Tcp { get; }

    /// <summary>Where other users of this machine come in; null: nobody is listed.</summary>
    public string? SharedSocket { get; }

    internal DaemonLock Lock { get; }

    /// <summary>Every step is tried that can be tried, so that all problems are seen at once.</summary>
    /// <returns>Null, with the problems added, when the home cannot be served; then nothing is held.</returns>
    public static PreparedHome? Take(DaemonArguments arguments, Func<string, string?> environment, StartProblems problems)
    {
        var home = arguments.Home is { } root ? NetclawHome.At(root, environment) : NetclawHome.Current(environment);
        var usable = HomeDirectories.Prepare(home, problems);
        var config = ConfigFile.Read(home.ConfigFile, arguments.Listen, arguments.Trial ? Trial.Machine : MachineFacts.Current);
        var options = config.Options;
        config.AddTo(problems);
        if (!usable)
        {
            return null;
        }

        var postgres = options.Persistence.UsesPostgres ? PostgresSettings.Read(home, options.Persistence, environment, problems) : null;

        // Behind a held lock keys and journal are somebody else's business.
        if (DaemonLock.TryAcquire(home, problems) is not { } held)
        {
            return null;
        }

        RestoreOrder.Resume(home, problems);
        var reset = FullReset.Resume(home, problems);
        var keys = new KeyringLoader(home, problems, journalInHome: !options.Persistence.UsesPostgres).Open(options.Gateway.Name);
        var secret = new SharedSecretSetup(home, environment, problems).Settle(options.Auth);
        AssertionSetup.Check(home, options.Auth, problems);
        ProviderKey.Check(home, options.Agents, environment, problems);
        var tcp = !config.IsConsistent ? null : TcpListenSocket.Bind(arguments.Trial ? Trial.Address : options.Listen.EndPoint, problems);
        var shared = options.Control.IsShared && !arguments.Trial ? SharedSocketPlace.Of(home, UserId.Current, environment) : null;
        if (!problems.Any)
        {
            _ = ControlSocketPath.Clear(home.ControlSocket, problems)
                && (shared is null || SharedSocketPlace.Prepare(shared, problems))
                && (postgres is not null
                    || (SqliteFiles.Prepare(home.JournalDatabase, problems) && SqliteFiles.Prepare(home.SnapshotDatabase, problems)));
        }

        if (keys is not null && secret is not null && tcp is not null && !problems.Any)
        {
            return new PreparedHome(home, options, postgres, held, keys, secret, tcp, shared) { Telemetry = TelemetryRequest.Read(environment), IsTrial = arguments.Trial, Reset = reset };
        }

        tcp?.Dispose();
        keys?.Dispose();
        held.Dispose();
        return null;
    }

    /// <summary>Last of all: the socket is unlinked before the lock is let go.</summary>
    public void Dispose()
    {
        File.Delete(Home.RunFile);
        File.Delete(Home.ControlSocket);
        if (SharedSocket is not null)
        {
            SharedSocketPlace.Remove(SharedSocket);
        }

        Tcp.Dispose();
        Keys.Dispose();
        Lock.Dispose();
    }
}
