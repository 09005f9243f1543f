using Netclaw.Actors.Devices;
using Netclaw.Crash.Tests.Recovery;
using Netclaw.Crash.Tests.States;
using Netclaw.Daemon.Journal;
using Netclaw.Protocol;
using SQLitePCL;

namespace Netclaw.Crash.Tests.Scenarios;

/// <summary>A run of the product that is recorded: what is there before, and what is done.</summary>
internal sealed record Scenario(string Name, Func<RecordedHome, Random, Task> PlayAsync)
{
    /// <summary>Whether the home has been started once before the recording begins.</summary>
    public bool Settled { get; init; } = true;

    /// <summary>Whether the host's key is changed: then each kind of state is also repaired as a person would, and looked at after that.</summary>
    public bool Repairs { get; init; }

    public RegistryOptions Options { get; init; } = new();

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("first start", FirstStartAsync) { Settled = false },
        new("append", AppendAsync),
        new("append in batches", BatchesAsync),
        new("rotate", RotateAsync),
        new("snapshot", AppendAsync) { Options = new RegistryOptions { SnapshotEvery = 7, SnapshotAtStop = 1 } },
        new("import", ImportAsync),
        new("legacy", LegacyAsync),
        new("repair", RepairAsync) { Repairs = true },
        new("checkpoint", CheckpointAsync),
        new("restart", RestartAsync),
    ];

    public async Task<RecordedRun> RecordAsync(ScratchHome scratch, int seed)
    {
        var home = scratch.Home;
        if (Settled)
        {
            await using var before = new RecordedHome(scratch);
            await before.StartAsync();
        }

        var files = scratch.Files();
        await using var recorded = new RecordedHome(scratch, Options);
        Assert.Empty((await recorded.StartAsync()).Found);
        var (gateway, keys) = (recorded.Keys!.Mark.GatewayId, recorded.Keys.Journal);
        await PlayAsync(recorded, new Random(seed));
        await recorded.StopAsync();
        recorded.Scope.Dispose();
        return new RecordedRun(Name, home.Root, recorded.Scope.Events, files, new JournalHistory(JournalImage.Events(home.JournalDatabase), keys), gateway, Repairs);
    }

    private static async Task FirstStartAsync(RecordedHome home, Random random)
    {
        using var device = SigningKey.Generate();
        await home.PairAsync(device.Public, ScopeSet.DeviceDefault, "first");
    }

    /// <summary>One change after the other.</summary>
    private static async Task AppendAsync(RecordedHome home, Random random)
    {
        var paired = new List<DeviceId>();
        for (var i = 0; i < 8; i++)
        {
            using var device = SigningKey.Generate();
            await (i % 2 == 0 ? home.PairAsync(device.Public, ScopeSet.DeviceDefault, $"device {i}") : home.ApproveAsync(device.Public, ScopeSet.ReadWrite, $"device {i}"));
            paired.Add(device.Public.DeviceId);
            if (i % 3 == 2)
            {
                var revoked = paired[random.Next(paired.Count)];
                paired.Remove(revoked);
                await home.RevokeAsync(revoked);
                home.MarkHeads();
            }
        }
    }

    /// <summary>Many at once: the registry writes them together.</summary>
    private static async Task BatchesAsync(RecordedHome home, Random random)
    {
        for (var round = 0; round < 3; round++)
        {
            var devices = Enumerable.Range(0, 6).Select(_ => SigningKey.Generate()).ToList();
            await Task.WhenAll(devices.Select((device, i) => i % 2 == 0
                ? home.PairAsync(device.Public, ScopeSet.DeviceDefault, $"batch {round} {i}")
                : home.ApproveAsync(device.Public, ScopeSet.ReadWrite, $"batch {round} {i}")));
            home.MarkHeads();
            await Task.WhenAll(devices.Where(_ => random.Next(2) == 0).Select(device => home.RevokeAsync(device.Public.DeviceId)));
            devices.ForEach(device => device.Dispose());
        }
    }

    private static async Task RotateAsync(RecordedHome home, Random random)
    {
        using var first = SigningKey.Generate();
        await home.PairAsync(first.Public, ScopeSet.DeviceDefault, "rotating");
        var former = first.Public.DeviceId;
        for (var i = 0; i < 6; i++)
        {
            using var next = SigningKey.Generate();
            await home.RekeyAsync(former, next.Public, ScopeSet.DeviceDefault);
            former = next.Public.DeviceId;
        }

        await home.SetScopesAsync(former, ScopeSet.ReadWrite);
        await home.RevokeAsync(former);
    }

    private static async Task ImportAsync(RecordedHome home, Random random)
    {
        for (var round = 0; round < 2; round++)
        {
            var devices = Enumerable.Range(0, 8).Select(_ => SigningKey.Generate()).ToList();
            await home.ImportAsync([.. devices.Select(device => device.Public)], ScopeSet.ReadWrite);
            await home.RevokeAsync(devices[random.Next(devices.Count)].Public.DeviceId);
            home.MarkHeads();
            devices.ForEach(device => device.Dispose());
        }
    }

    /// <summary>Tokens of an earlier gateway: spent on a key, taken back, and one that goes on waiting. A spent one is tried once more.</summary>
    private static async Task LegacyAsync(RecordedHome home, Random random)
    {
        for (var round = 0; round < 2; round++)
        {
            var legacy = await home.ImportLegacyAsync(4);
            using var first = SigningKey.Generate();
            using var second = SigningKey.Generate();
            using var late = SigningKey.Generate();
            await home.EnrolLegacyAsync(legacy[0], first.Public);
            home.MarkHeads();
            await home.RemoveLegacyAsync(legacy[1]);
            await home.EnrolLegacyAsync(legacy[2], second.Public);
            await home.EnrolLegacyAsync(legacy[random.Next(3)], late.Public);
            await home.RevokeAsync(first.Public.DeviceId);
        }
    }

    /// <summary>What <c>recover local-access</c> does: another host credential, in the journal and in its file.</summary>
    private static async Task RepairAsync(RecordedHome home, Random random)
    {
        using var device = SigningKey.Generate();
        await home.PairAsync(device.Public, ScopeSet.DeviceDefault, "kept");
        await home.RotateHostAsync();
        home.MarkHeads();
        await home.RotateHostAsync();
    }

    /// <summary>The write-ahead log is copied into the database while the registry goes on, and begun again from its start.</summary>
    private static async Task CheckpointAsync(RecordedHome home, Random random)
    {
        for (var round = 0; round < 3; round++)
        {
            using var device = SigningKey.Generate();
            await home.PairAsync(device.Public, ScopeSet.DeviceDefault, $"round {round}");
            Checkpoint(home.Home.JournalDatabase);
            using var other = SigningKey.Generate();
            await home.ApproveAsync(other.Public, ScopeSet.ReadWrite, $"other {round}");
            await home.RevokeAsync(device.Public.DeviceId);
        }
    }

    private static async Task RestartAsync(RecordedHome home, Random random)
    {
        for (var round = 0; round < 3; round++)
        {
            using var device = SigningKey.Generate();
            await home.PairAsync(device.Public, ScopeSet.DeviceDefault, $"start {round}");
            await home.RevokeAsync(device.Public.DeviceId);
            await home.StopAsync();
            Assert.Empty((await home.StartAsync()).Found);
        }
    }

    private static void Checkpoint(string path)
    {
        SqliteProvider.Use();
        var opened = raw.sqlite3_open_v2(path, out var database, raw.SQLITE_OPEN_READWRITE, null);
        using (database)
        {
            Assert.Equal(raw.SQLITE_OK, opened);
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(database, "PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(PASSIVE)"));
        }
    }
}
