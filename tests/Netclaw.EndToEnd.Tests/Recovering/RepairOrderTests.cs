using System.Security.Cryptography;
using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests.Recovering;

/// <summary>A repair writes nothing before the home is backed up, and is called a repair only when the host was let in.</summary>
public sealed class RepairOrderTests : IAsyncLifetime
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Room for the directory, and for nothing in it.</summary>
    private const string OnAFullDisk = """
        mkdir -m 700 -p backups && mount -t tmpfs -o size=4k,mode=700 none backups && dd if=/dev/zero of=backups/fill bs=4k count=1 2>/dev/null &&
        exec $netclaw recover local-access --yes --json
        """;

    private readonly Machine _gateway = new();

    /// <summary>Set up, and the key in host.key is one that was never enrolled.</summary>
    public async Task InitializeAsync()
    {
        await _gateway.UpAsync();
        await _gateway.CodeAsync();
        await AnotherKeyAsync(_gateway.Home.HostKey);
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task NothingIsRepaired_WhereNoBackupCanBeMade_OnlineAndOffline()
    {
        await File.WriteAllTextAsync(_gateway.Home.BackupsDirectory, "no directory");
        var host = await HostAsync();

        Assert.Equal("home_foreign", (await _gateway.RunAsync("recover", "local-access", "--yes", "--json")).Code());
        Assert.Equal(host, await HostAsync());
        Assert.Equal(_former, await File.ReadAllTextAsync(_gateway.Home.HostKey));
        await _gateway.JsonAsync("down");
        var before = Files();
        Assert.Equal("home_foreign", (await _gateway.RunAsync("recover", "local-access", "--yes", "--json")).Code());
        Assert.Equal("home_foreign", (await _gateway.RunAsync("doctor", "--fix", "--yes", "--only", "local-access", "--json")).Code());

        Assert.Equal(before, Files());
    }

    [AsRootFact]
    public async Task NothingIsRepaired_WhereTheDiskForTheBackupIsFull()
    {
        await _gateway.JsonAsync("down");
        var before = Files();

        var refused = await Doctoring.Scenario.ScriptAsync(_gateway, "unshare", ["-m", "--propagation", "private"], "", OnAFullDisk);

        Assert.Equal("home_not_writable", refused.Code());
        Assert.Equal(before, Files());
    }

    /// <summary>So it was made before the repair: after it, this key is beside its file and the journal has more records.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Archive_HoldsTheHomeAsItWasBeforeTheRepair(bool online)
    {
        if (!online)
        {
            await _gateway.JsonAsync("down");
        }

        var unchanged = (await _gateway.JsonAsync("backup", "create")).GetProperty("records").GetInt64();
        var report = await _gateway.JsonAsync("recover", "local-access", "--yes");

        var (archive, to) = (report.GetProperty("backup").GetProperty("file").GetString()!, Path.Combine(_gateway.Root, "unpacked"));
        await _gateway.JsonAsync("backup", "unpack", archive, "--to", to);
        Assert.Equal(_former, await File.ReadAllTextAsync(Path.Combine(to, "keys", "host.key")));
        Assert.Equal(unchanged, (await _gateway.JsonAsync("backup", "verify", archive)).GetProperty("records").GetInt64());
        Assert.NotEqual(_former, await File.ReadAllTextAsync(_gateway.Home.HostKey));
        Assert.True((await _gateway.JsonAsync("backup", "create")).GetProperty("records").GetInt64() > unchanged);
    }

    /// <summary>
    /// The daemon of the proof comes up and lets the operator in by its socket; the host's own key it does not know, and does not pair on the spot either, as it would any program's of the owner.
    /// </summary>
    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task ADaemonThatDoesNotKnowTheHost_IsNoProof_AndTheHomeIsRepairedByTheNextOne(string autoApproveLocal)
    {
        await _gateway.JsonAsync("down");
        Doctoring.Scenario.Config(_gateway, "{\"pairing\":{\"autoApproveLocal\":" + autoApproveLocal + "}}");
        var (daemon, other) = (Path.Combine(_gateway.Root, "daemon"), Path.Combine(_gateway.Root, "other.key"));
        await AnotherKeyAsync(other);
        await File.WriteAllTextAsync(daemon, $"#!/bin/sh\n[ \"$1\" = offline ] || cp '{other}' '{_gateway.Home.HostKey}'\nexec '{Executables.Daemon}' \"$@\"\n");
        File.SetUnixFileMode(daemon, Owner);
        _gateway.Variables["NETCLAWD"] = daemon;

        var refused = (await _gateway.RunAsync("recover", "local-access", "--yes", "--json")).Expect(ExitCodes.Failed).JsonError();

        Assert.Equal("repair_not_proven", refused.GetProperty("code").GetString());
        Assert.StartsWith("The repair is written, but the proof failed: ", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("netclaw recover local-access", refused.GetProperty("remedy").GetString());
        (await _gateway.RunAsync("daemon", "status")).Expect(ExitCodes.Unavailable);
        _gateway.Variables["NETCLAWD"] = Executables.Daemon;
        Assert.Equal("repaired", (await _gateway.JsonAsync("recover", "local-access", "--yes")).GetProperty("outcome").GetString());
    }

    private string _former = "";

    private async Task AnotherKeyAsync(string path)
    {
        File.Delete(path);
        KeyFile.Create(path).Dispose();
        _former = _former.Length > 0 ? _former : await File.ReadAllTextAsync(path);
    }

    /// <summary>As the running daemon's registry has it.</summary>
    private async Task<string> HostAsync() =>
        (await _gateway.RunAsync("recover", "local-access", "--dry-run", "--json")).Expect(ExitCodes.Warned).Json().GetProperty("plan").GetProperty("seen").ToString();

    private string Files() => string.Join('\n', ((string[])[_gateway.Home.KeysDirectory, _gateway.Home.StateDirectory]).SelectMany(Directory.GetFiles).Order(StringComparer.Ordinal)
        .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal) && !file.EndsWith("-wal", StringComparison.Ordinal))
        .Select(file => $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));
}
