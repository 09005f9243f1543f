using Microsoft.Data.Sqlite;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Doctoring;

/// <summary>Keys, journal and profiles.</summary>
internal static class StoredScenarios
{
    private const string Proxied = """
        {"listen":{"port":0},"exposure":{"mode":"reverse-proxy","trustedProxies":["127.0.0.1"]},
         "auth":{"mode":"trusted-proxy","trustedProxy":{"userHeader":"X-User","allowLoopback":true}}}
        """;

    public static IEnumerable<Scenario> ForAnybody { get; } =
    [
        Of("identity", "key_unreadable", machine => File.WriteAllText(machine.Home.GatewayKey, "no key")),
        new("identity", "identity_replaced", async machine =>
        {
            await using var other = new Machine();
            await Scenario.OnceAsync(other);
            await machine.UpAsync();

            // The daemon may still write its mark once more, beside its first answers.
            return await Eventually.IsAsync(async () =>
            {
                Copy(other.Home.KeysDirectory, machine.Home.KeysDirectory);
                return await Scenario.DoctorAsync(machine, "identity") is var run && run.Out.Contains("identity_replaced", StringComparison.Ordinal) ? run : null;
            }, "the finding");
        }),
        Of("local-access", "local_access_lost", machine => File.Delete(machine.Home.HostKey)),
        Of("local-access", "local_access_unsafe", machine => File.Delete(machine.Home.JournalDatabase)),
        Of("local-access", "recovery_unfinished", machine => PrivateFile.WriteAtomically(machine.Home.RestoreOrder, "{\"stamp\":\"20261128-041500\"}"u8.ToArray())),
        Scenario.Of("bootstrap", "bootstrap_not_started", _ => { }),
        Scenario.Of("bootstrap", "bootstrap_behind", RolledBackUnderTheDaemonAsync),
        Of("journal", "journal_unreadable", machine => Sql(machine, "UPDATE journal SET message = zeroblob(40) WHERE sequence_number = 2")),
        Of("journal", "journal_rolled_back", machine => File.Delete(machine.Home.JournalDatabase)),
        Of("journal", "journal_schema", machine => File.Copy(machine.Home.SnapshotDatabase, machine.Home.JournalDatabase, overwrite: true)),
        Of("journal", "journal_odd", machine => Sql(machine, "UPDATE journal SET created = 1")),
        Of("journal", "journal_not_read", machine => File.WriteAllText(machine.Home.SnapshotDatabase, new string('x', 4096))),
        Of("journal", "snapshot_unreadable", machine => File.WriteAllText(machine.Home.SnapshotDatabase, new string('x', 4096))),
        Of("journal", "snapshot_old", machine => Sql(machine, "UPDATE journal SET sequence_number = 30000 WHERE sequence_number = 3")),
        Of("journal", "journal_large", machine => Grow(machine.Home.JournalDatabase, 1100)),
        Of("journal", "journal_log_large", machine => Grow(machine.Home.JournalDatabase + "-wal", 300)),
        Scenario.Of("profiles", "profile_unreadable", async machine =>
        {
            await using var gateway = new Machine();
            await gateway.UpAsync();
            await machine.PairWithAsync(gateway);
            Directory.Delete(Path.Combine(machine.Home.ClientDirectory, "keys"), recursive: true);
        }),
        Scenario.Of("profiles", "profile_gateway_differs", async machine =>
        {
            await using var gateway = new Machine();
            await gateway.UpAsync();
            await machine.PairWithAsync(gateway);
            await gateway.JsonAsync("down");
            await machine.UpAsync(gateway.Port);
        }),
    ];

    /// <summary>On a home that was set up once, and is at rest.</summary>
    private static Scenario Of(string check, string finding, Action<Machine> damage) => Scenario.Of(check, finding, async machine =>
    {
        await Scenario.OnceAsync(machine);
        damage(machine);
    });

    /// <summary>The mark of a later life of the same gateway, beside a daemon of the earlier one.</summary>
    private static async Task RolledBackUnderTheDaemonAsync(Machine machine)
    {
        await Scenario.OnceAsync(machine);
        var (state, keys) = (Path.Combine(machine.Root, "before-state"), Path.Combine(machine.Root, "before-keys"));
        Copy(machine.Home.StateDirectory, state);
        Copy(machine.Home.KeysDirectory, keys);
        Scenario.Config(machine, Proxied);
        await machine.JsonAsync("daemon", "start");
        await machine.JsonAsync("down");
        var later = File.ReadAllBytes(machine.Home.GatewayMark);
        File.Delete(machine.Home.ConfigFile);
        Copy(state, machine.Home.StateDirectory);
        Copy(keys, machine.Home.KeysDirectory);
        await machine.UpAsync();
        File.WriteAllBytes(machine.Home.GatewayMark, later);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
    }

    private static void Sql(Machine machine, string statement)
    {
        using var connection = new SqliteConnection($"Data Source={machine.Home.JournalDatabase};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written here, for a home of the test's own.
        command.CommandText = statement;
#pragma warning restore CA2100
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }

    /// <summary>Sparse: it takes no room.</summary>
    private static void Grow(string file, int mebibytes)
    {
        using var grown = new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write);
        grown.SetLength((long)mebibytes << 20);
    }
}
