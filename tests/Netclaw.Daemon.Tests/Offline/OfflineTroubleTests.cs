using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Netclaw.Cli.Output;
using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Tests.Configuration;
using Netclaw.Daemon.Tests.DeadEnds;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Daemon.Tests.Importing;
using Netclaw.Daemon.Tests.Recovery;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Daemon.Tests.Offline;

/// <summary>Whatever the disk does to an offline verb, whoever asked gets an error of the one table: what was seen, and one command that leads out.</summary>
public sealed class OfflineTroubleTests : IAsyncLifetime
{
    private static readonly Dictionary<string, Func<OfflineTroubleTests, TemporaryHome, string[]>> Arguments = new(StringComparer.Ordinal)
    {
        ["config-check"] = (_, _) => [],
        ["config-schema"] = (_, _) => [],
        ["config-show"] = (_, _) => [],
        ["policy-explain"] = (_, _) => [],
        ["policy-schema"] = (_, _) => [],
        ["auth-rotate"] = (_, _) => [],
        ["examine"] = (_, _) => [],
        ["recover-plan"] = (_, _) => [],
        ["recover-repair"] = (_, _) => [],
        ["recover-reset"] = (test, _) => ["--confirm", test._phrase],
        ["import-read"] = (test, _) => ["--from", test._earlier.Folder],
        ["import-plan"] = (test, _) => ["--from", test._earlier.Folder],
        ["import-apply"] = (test, _) => ["--from", test._earlier.Folder],
        ["journal-check"] = (_, _) => [],
        ["backup-create"] = (_, _) => ["--keep", "1"],
        ["backup-verify"] = (_, home) => ["--file", Archive(home.Home)],
        ["backup-plan"] = (_, home) => ["--file", Archive(home.Home)],
        ["backup-restore"] = (_, home) => ["--file", Archive(home.Home)],
        ["backup-unpack"] = (_, home) => ["--file", Archive(home.Home), "--to", Path.Combine(home.Parent, "unpacked")],
    };

    private static readonly Dictionary<string, Func<NetclawHome, string>> Places = new(StringComparer.Ordinal)
    {
        ["home"] = home => home.Root, ["keys"] = home => home.KeysDirectory, ["state"] = home => home.StateDirectory, ["logs"] = home => home.LogsDirectory,
        ["run"] = home => home.RunDirectory, ["backups"] = home => home.BackupsDirectory, ["archive"] = Archive, ["lock"] = home => home.LockFile,
        ["config"] = home => home.ConfigFile, ["gateway key"] = home => home.GatewayKey, ["mark"] = home => home.GatewayMark, ["host key"] = home => home.HostKey,
        ["next host key"] = home => home.NextHostKey, ["token"] = home => home.GatewayTokenFile, ["journal key"] = home => home.JournalKey, ["journal"] = home => home.JournalDatabase,
        ["log of the journal"] = home => home.JournalDatabase + "-wal", ["snapshots"] = home => home.SnapshotDatabase, ["restore order"] = home => home.RestoreOrder,
        ["reset order"] = home => home.ResetOrder, ["what is restored"] = home => home.Restoring,
    };

    private readonly EarlierGateway _earlier = new EarlierGateway().WithDevices(false, "elder");
    private BrokenHome _template = null!;
    private string _phrase = "";

    public static TheoryData<string> Verbs => [.. OfflineVerbs.All.Select(verb => verb.Name)];

    public async Task InitializeAsync()
    {
        _template = await BrokenHome.SetUpAsync(paired: true, completed: true);
        PrivateDirectory.Ensure(_template.Home.BackupsDirectory);
        Assert.Equal(ExitCodes.Ok, (await _template.OfflineAsync("backup-create", "--to", Archive(_template.Home))).ExitCode);
        _phrase = await CutReset.PhraseAsync(_template);
        File.Delete(_template.Home.HostKey); // so that there is something to repair
    }

    public async Task DisposeAsync()
    {
        await _template.DisposeAsync();
        _earlier.Dispose();
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task ADiskThatFails_IsTold_WhicheverCallItWas(string verb)
    {
        foreach (var forGood in (bool[])[false, true])
        {
            var failed = true;
            for (var step = 1; failed; step++)
            {
                using var home = Copy();
                var disk = new FailingFileCalls(step, forGood);
                OfflineSaid said;
                using (FileCalls.Use(disk))
                {
                    said = await RunAsync(home, verb);
                }

                failed = disk.HasFailed;
                Answered($"{verb}, {(forGood ? "from call" : "call")} {step}", said);
                Assert.InRange(step, 1, 400);
            }
        }
    }

    /// <summary>A directory in place of a file, a file in place of a directory, a link that leads back to itself.</summary>
    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task WhateverStandsInTheWay_IsTold(string verb)
    {
        foreach (var (name, place) in Places)
        {
            foreach (var asLink in (bool[])[false, true])
            {
                using var home = Copy();
                var (path, aside) = (place(home.Home), Path.Combine(home.Parent, "aside"));
                var wasDirectory = Directory.Exists(path);
                if (wasDirectory)
                {
                    Directory.Move(path, aside);
                }
                else
                {
                    File.Delete(path);
                }

                if (asLink)
                {
                    File.CreateSymbolicLink(path, path);
                }
                else if (wasDirectory)
                {
                    await File.WriteAllTextAsync(path, "in the way");
                }
                else
                {
                    Directory.CreateDirectory(Path.Combine(path, "in the way"));
                }

                Answered($"{verb}, {name}, {(asLink ? "a link to itself" : wasDirectory ? "a file" : "a directory")}", await RunAsync(home, verb));
            }
        }
    }

    [Fact]
    public async Task ADefect_IsToldAsOne_WithoutAStackTrace()
    {
        using var home = Copy();

        var said = await RunAsync(home, "examine", _ => throw new InvalidOperationException("a defect"));

        Assert.Equal((ExitCodes.Internal, "internal_error"), (said.ExitCode, said.Error.Code));
        Answered("a defect", said);
    }

    /// <summary>A real netclawd whose answer nobody can keep.</summary>
    [Fact]
    public async Task AnAnswerThatFindsNoRoom_IsToldOnStderr()
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exec '{Executables.Daemon}' offline config-schema --json >/dev/full"]) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync().WaitAsync(GatewayHost.Bound);
        await process.WaitForExitAsync().WaitAsync(GatewayHost.Bound);

        var said = new OfflineSaid(process.ExitCode, "", error);
        Assert.Equal(("home_not_writable", ExitCodes.CannotCreate), (said.Error.Code, said.ExitCode));
        Assert.Contains("answer", said.Error.Message, StringComparison.Ordinal);
        Answered("config-schema", said);
    }

    [Fact]
    public void EveryVerb_IsTried() => Assert.Equal(OfflineVerbs.All.Select(verb => verb.Name).Order(StringComparer.Ordinal), Arguments.Keys.Order(StringComparer.Ordinal));

    private static string Archive(NetclawHome home) => Path.Combine(home.BackupsDirectory, "saved.ncb");

    private static void Answered(string what, OfflineSaid said)
    {
        if (said.Errors.Length == 0)
        {
            Assert.True(said.ExitCode == ExitCodes.Ok || said.Out.StartsWith('{'), $"{what}: exit {said.ExitCode} and not a word");
            return;
        }

        var errors = JsonSerializer.Deserialize(said.Errors, CliJson.Readable.CallErrorArray)!;
        Assert.True(RefusalTable.TryFind(errors[0].Code, out var first) && first.ExitCode == said.ExitCode, $"{what}: exit {said.ExitCode}\n{said.Errors}");
        foreach (var error in errors)
        {
            Assert.True(RefusalTable.TryFind(error.Code, out _) && error.Message.Length > 10 && !string.IsNullOrWhiteSpace(error.Remedy), $"{what}: {said.Errors}");
            Assert.DoesNotContain("   at ", error.Message, StringComparison.Ordinal);
            if (error.Message.Contains("No space left", StringComparison.Ordinal))
            {
                Assert.True(error.Remedy!.StartsWith("df -h", StringComparison.Ordinal), $"{what}: a full disk is no reason for {error.Remedy}\n{error.Message}");
            }
        }
    }

    private TemporaryHome Copy()
    {
        var copy = new TemporaryHome();
        foreach (var directory in Directory.GetDirectories(_template.Home.Root, "*", SearchOption.AllDirectories).Prepend(_template.Home.Root))
        {
            Directory.CreateDirectory(directory.Replace(_template.Home.Root, copy.Home.Root, StringComparison.Ordinal), File.GetUnixFileMode(directory));
        }

        foreach (var file in Directory.GetFiles(_template.Home.Root, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, file.Replace(_template.Home.Root, copy.Home.Root, StringComparison.Ordinal));
        }

        return copy;
    }

    private async Task<OfflineSaid> RunAsync(TemporaryHome home, string verb, Func<string, string?>? environment = null)
    {
        using var output = new MemoryStream();
        var errors = "";
        var code = await OfflineHost.RunAsync(
            [verb, .. Arguments[verb](this, home), "--home", home.Home.Root, "--json"], environment ?? (_ => null), new FixedMachine().Facts, Stream.Null, output, said => errors += said,
            CancellationToken.None).WaitAsync(GatewayHost.Bound);
        return new OfflineSaid(code, Encoding.UTF8.GetString(output.ToArray()), errors);
    }
}
