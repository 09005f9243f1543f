using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests.Recovering;

/// <summary>Every situation of docs/guides/recovery.md.</summary>
internal static class Situations
{
    private const UnixFileMode OpenDirectory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private const UnixFileMode OpenFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead;

    /// <summary>What netclaw.json says beside name and port.</summary>
    private static readonly Dictionary<string, string> Modes = new(StringComparer.Ordinal)
    {
        ["reverse-proxy"] = ""","exposure":{"mode":"reverse-proxy","trustedProxies":["10.0.0.1"],"externalUrl":"https://gateway.example"},"auth":{"trustedProxy":{"allowLoopback":true}}""",
        ["tailscale-serve"] = ""","exposure":{"mode":"tailscale-serve","skipTunnelProcessCheck":true}""",
        ["tailscale-funnel"] = ""","exposure":{"mode":"tailscale-funnel","skipTunnelProcessCheck":true}""",
        ["cloudflare-tunnel"] = ""","exposure":{"mode":"cloudflare-tunnel","skipTunnelProcessCheck":true}""",
    };

    public static IReadOnlyList<Situation> All { get; } =
    [
        .. OfTheDaemon(), .. OfTheHostKey(), .. OfTheBackup(), .. WithoutABackup(), .. OfDevices(),
    ];

    private static IEnumerable<Situation> OfTheDaemon() =>
    [
        Situation.AtRest("daemon-stopped", null, _ => { }),
        new("daemon-killed", true, null, scene => scene.Gateway.KillDaemonAsync()),
        Situation.Running("daemon-wedged", scene => Signal.Send(scene.Gateway.DaemonPid, Signal.Stop)),
        Situation.Running("socket-gone", scene => File.Delete(scene.Gateway.Home.ControlSocket)),
        Situation.AtRest("config-invalid", "config_invalid", scene => File.WriteAllText(
            scene.Gateway.Home.ConfigFile, File.ReadAllText(scene.Gateway.Home.ConfigFile).Replace("\"port\"", "\"prot\"", StringComparison.Ordinal))),
        Situation.AtRest("home-open", "home_foreign", scene => File.SetUnixFileMode(scene.Gateway.Home.KeysDirectory, OpenDirectory)),
        Situation.AtRest("key-open", "key_unreadable", scene => File.SetUnixFileMode(scene.Gateway.Home.GatewayKey, OpenFile)),
        Situation.AtRest("port-taken", "port_in_use", scene => scene.Others.Add(new OtherProgram(IPEndPoint.Parse(new Uri(scene.Url).Authority)))) with
        {
            IsOver = async scene =>
            {
                Assert.Equal("control", (await scene.Gateway.JsonAsync("devices", "list")).GetProperty("reachedBy").GetProperty("rule").GetString());
                await scene.Others[0].DisposeAsync();
                await scene.StopAsync();
                await scene.StartAsync();
                await scene.HostGetsInAsync();
                await scene.PhoneWasKeptAsync();
            },
        },
    ];

    private static IEnumerable<Situation> OfTheHostKey() =>
    [
        Situation.AtRest("host-key-gone", null, scene => File.Delete(scene.Gateway.Home.HostKey)),
        Situation.AtRest("host-key-other", null, scene =>
        {
            File.Delete(scene.Gateway.Home.HostKey);
            KeyFile.Create(scene.Gateway.Home.HostKey).Dispose();
        }),
        .. Modes.Select(mode => Situation.AtRest($"host-key-gone in {mode.Key}", null, scene =>
        {
            scene.Configure(mode.Value);
            File.Delete(scene.Gateway.Home.HostKey);
        })),
        new("host-key-gone-online", true, null, async scene =>
        {
            File.Delete(scene.Gateway.Home.HostKey);
            var error = (await scene.Gateway.RunAsync("status", "--url", scene.Url, "--json")).Expect(ExitCodes.Refused).JsonError();
            Assert.Equal(("pairing_required", "netclaw recover local-access"), (error.GetProperty("code").GetString(), error.GetProperty("remedy").GetString()));
        }),
        Situation.AtRest("host-key-unusable", "key_unreadable", scene => File.WriteAllText(scene.Gateway.Home.HostKey, "not a key")),
    ];

    /// <summary>What is put back from a backup: the phone comes with it, and waits for the owner's word.</summary>
    private static IEnumerable<Situation> OfTheBackup() =>
    [
        FromBackup(Situation.AtRest("gateway-key-gone", "key_unreadable", scene => File.Delete(scene.Gateway.Home.GatewayKey)), restoredBy: 0),
        FromBackup(Situation.AtRest("gateway-json-damaged", "key_unreadable", scene => File.WriteAllText(scene.Gateway.Home.GatewayMark, "{}")), restoredBy: 0),
        FromBackup(Situation.AtRest("journal-key-gone", "key_unreadable", scene => File.Delete(scene.Gateway.Home.JournalKey)), restoredBy: 0),
        FromBackup(Situation.AtRest("journal-damaged", "journal_unreadable", scene => DamageLastRecord(scene.Gateway.Home.JournalDatabase)), restoredBy: 1),
        FromBackup(Situation.AtRest("journal-no-database", "journal_unreadable", scene => File.WriteAllText(scene.Gateway.Home.JournalDatabase, new string('x', 9000))), restoredBy: 1),
        FromBackup(Situation.AtRest("journal-gone", "journal_rolled_back", scene => File.Delete(scene.Gateway.Home.JournalDatabase)), restoredBy: 1),
        FromBackup(new Situation("journal-older", false, "journal_rolled_back", OlderJournalAsync), restoredBy: 1),
        FromBackup(new Situation("journal-gone-since-a-repair", false, "journal_rolled_back", async scene =>
        {
            File.Delete(scene.Gateway.Home.HostKey);
            await scene.Gateway.JsonAsync("recover", "local-access", "--yes");
            File.Delete(scene.Gateway.Home.JournalDatabase);
        }), restoredBy: 0),
        Situation.AtRest("restore-cut-short", null, scene => Private(scene.Gateway.Home.RestoreOrder, """{"stamp":"20261128-041500"}""")),
        new("device-suspended", false, null, async scene =>
        {
            File.Delete(scene.Gateway.Home.JournalDatabase);
            await scene.Gateway.JsonAsync("backup", "restore", scene.Backup, "--yes");
            await scene.StartAsync();
            Assert.Equal("device_suspended", await Scene.RefusalAsync(scene.Phone));
        }),
        Situation.Running("moved", _ => { }) with
        {
            Between = (scene, block) =>
            {
                if (block == 0)
                {
                    File.Copy(Path.Combine(scene.Gateway.Root, "moving.ncb"), Path.Combine(scene.NewMachine.Root, "moving.ncb"));
                    scene.Others.Add(scene.Gateway);
                    scene.Move();
                }

                return Task.CompletedTask;
            },
        },
    ];

    private static IEnumerable<Situation> WithoutABackup() =>
    [
        Situation.AtRest("reset-cut-short", null, scene =>
        {
            Private(scene.Gateway.Home.ResetOrder, """{"stamp":"20261128-041500","epoch":2,"tombstones":[]}""");
            File.Move(scene.Gateway.Home.JournalDatabase, scene.Gateway.Home.JournalDatabase + ".20261128-041500");
        }) with
        {
            IsOver = async scene =>
            {
                await scene.HostGetsInAsync();
                Assert.Equal("pairing_required", await Scene.RefusalAsync(scene.Phone));
            },
        },
        Anew(Situation.AtRest("no-backup", "journal_unreadable", scene =>
        {
            Directory.Delete(Path.GetDirectoryName(scene.Backup)!, recursive: true);
            DamageLastRecord(scene.Gateway.Home.JournalDatabase);
        }), "pairing_required"),
        Anew(Situation.AtRest("everything-gone", "key_unreadable", scene =>
        {
            Directory.Delete(Path.GetDirectoryName(scene.Backup)!, recursive: true);
            File.Delete(scene.Gateway.Home.GatewayKey);
            File.Delete(scene.Gateway.Home.JournalDatabase);
        }), "gateway_key_changed"),
        Anew(Situation.Running("keys-known", _ => { }), "gateway_key_changed"),
    ];

    private static IEnumerable<Situation> OfDevices() =>
    [
        new("device-stolen", true, null, async scene =>
        {
            var tablet = new Machine();
            scene.Others.Add(tablet);
            (await tablet.RunAsync(await scene.Gateway.CodeAsync() + "\n", ["pair", scene.Url, "--code-stdin", "--name", "tablet", "--json"])).Expect(ExitCodes.Ok);
        })
        {
            Between = async (scene, _) => Assert.Equal("device_revoked", await Scene.RefusalAsync((Machine)scene.Others[0])),
        },
        Secret("token-lost", "NETCLAW_GATEWAY_TOKEN", "", scene => scene.Gateway.Home.GatewayTokenFile),
        Secret("password-lost", "NETCLAW_GATEWAY_PASSWORD", ""","auth":{"mode":"password","passwordFile":"gateway.password"}""", scene => Path.Combine(scene.Gateway.Root, "gateway.password")),
    ];

    private static Situation FromBackup(Situation situation, int restoredBy) => situation with
    {
        Between = async (scene, block) =>
        {
            if (block == restoredBy)
            {
                Assert.Equal("device_suspended", await Scene.RefusalAsync(scene.Phone));
            }
        },
    };

    /// <summary>The phone's pairing ends, as the guide says, and it has paired again at the end.</summary>
    private static Situation Anew(Situation situation, string refusal) => situation with
    {
        Between = async (scene, block) =>
        {
            if (block == 0)
            {
                Assert.Equal(refusal, await Scene.RefusalAsync(scene.Phone));
            }
        },
        IsOver = async scene =>
        {
            await scene.HostGetsInAsync();
            Assert.Equal("device-key", (await scene.Phone.JsonAsync("status")).GetProperty("reachedBy").GetProperty("method").GetString());
        },
    };

    /// <summary>A program that has the secret of the day is let in by it, and the one of yesterday is not.</summary>
    private static Situation Secret(string name, string variable, string config, Func<Scene, string> file)
    {
        var former = "";
        return new Situation(name, false, null, async scene =>
        {
            scene.Configure(config);
            if (config.Length > 0)
            {
                await File.WriteAllTextAsync(file(scene), "a-password-of-yesterday-0123456789\n");
                File.SetUnixFileMode(file(scene), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            await scene.StartAsync();
            former = (await File.ReadAllTextAsync(file(scene))).Trim();
            Assert.Equal(ExitCodes.Ok, (await ShowAsync(scene, variable, former)).ExitCode);
        })
        {
            IsOver = async scene =>
            {
                Assert.Equal("unauthorized", (await ShowAsync(scene, variable, former)).Code());
                Assert.Equal(ExitCodes.Ok, (await ShowAsync(scene, variable, (await File.ReadAllTextAsync(file(scene))).Trim())).ExitCode);
                await scene.HostGetsInAsync();
                await scene.PhoneWasKeptAsync();
            },
        };
    }

    private static async Task<Finished> ShowAsync(Scene scene, string variable, string secret)
    {
        await using var process = scene.NewMachine.StartProgram(Executables.CommandLine, null, new() { [variable] = secret }, ["status", "--url", scene.Url, "--json"]);
        return await process.FinishAsync();
    }

    /// <summary>The files of before the last change are put back.</summary>
    private static async Task OlderJournalAsync(Scene scene)
    {
        var (state, before) = (scene.Gateway.Home.StateDirectory, Path.Combine(scene.Gateway.Root, "before"));
        Directory.CreateDirectory(before);
        Directory.GetFiles(state).ToList().ForEach(file => File.Copy(file, Path.Combine(before, Path.GetFileName(file))));
        await scene.StartAsync();
        await scene.Gateway.CodeAsync();
        await scene.StopAsync();
        Directory.GetFiles(state).ToList().ForEach(File.Delete);
        Directory.GetFiles(before).ToList().ForEach(file => File.Copy(file, Path.Combine(state, Path.GetFileName(file))));
    }

    private static void Private(string path, string text) => PrivateFile.WriteAtomically(path, System.Text.Encoding.UTF8.GetBytes(text));

    private static void DamageLastRecord(string journal)
    {
        using var connection = new SqliteConnection($"Data Source={journal};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE journal SET message = zeroblob(40) WHERE ordering = (SELECT MAX(ordering) FROM journal)";
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    /// <summary>Has the port.</summary>
    private sealed class OtherProgram : IAsyncDisposable
    {
        private readonly TcpListener _listener;

        public OtherProgram(IPEndPoint at)
        {
            _listener = new TcpListener(at);
            _listener.Start();
        }

        public ValueTask DisposeAsync()
        {
            _listener.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
