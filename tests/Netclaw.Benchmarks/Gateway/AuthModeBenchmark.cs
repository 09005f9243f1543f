using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// Handshakes per second in each auth mode, each against a daemon of its own, in turn with bare WebSocket upgrades from the same load process.
/// </summary>
internal static class AuthModeBenchmark
{
    private const int Runs = 5;
    private const int PerRun = 4_000;
    private const string Password = "correct horse battery staple";

    private static readonly Way[] Ways =
    [
        new("device key", """{ }""", null),
        new("token", """{ "auth": { "mode": "token" } }""", home => new ConnectAuth { Token = new Secret(File.ReadAllText(Path.Combine(home.Root, "keys", "gateway.token")).Trim()) }),
        new("password", $$"""{ "auth": { "mode": "password", "password": "{{Password}}" } }""", _ => new ConnectAuth { Password = new Secret(Password) }),
        new("trusted-proxy", """
            { "auth": { "mode": "trusted-proxy", "trustedProxy": { "userHeader": "x-forwarded-user", "requiredHeaders": ["x-forwarded-proto"], "allowLoopback": true, "allowUsers": ["alice"] } } }
            """, _ => null, ("X-Forwarded-User", "alice"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.9")),
        new("none", """{ "auth": { "mode": "none" } }""", _ => null),
    ];

    public static async Task RunAsync()
    {
        await using var bare = await BareServer.StartAsync();
        foreach (var way in Ways)
        {
            await MeasureAsync(way, bare);
        }
    }

    private static async Task MeasureAsync(Way way, BareServer bare)
    {
        var home = DaemonProcess.NewHome();
        await File.WriteAllTextAsync(home.ConfigFile, way.Config);
        try
        {
            await using var daemon = await DaemonProcess.StartAsync(home);
            using var key = way.Auth is null ? await PairedDevices.PairByCodeAsync(daemon) : null;
            var auth = way.Auth?.Invoke(home);

            async Task Handshake(CancellationToken cancel)
            {
                using var session = key is null
                    ? await RawSession.ConnectAsync(daemon.Endpoint, way.Headers, auth, cancel)
                    : await RawSession.ConnectAsync(daemon.Endpoint, key, ScopeSet.ReadWrite, cancel);
            }

            var rates = new List<double>();
            var ratios = new List<double>();
            await HandshakeBenchmark.LoadAsync(Handshake, PerRun);
            await HandshakeBenchmark.LoadAsync(cancel => HandshakeBenchmark.UpgradeAsync(bare, cancel), PerRun);
            for (var run = 0; run < Runs; run++)
            {
                rates.Add((await HandshakeBenchmark.LoadAsync(Handshake, PerRun)).Rate);
                ratios.Add(rates[^1] / (await HandshakeBenchmark.LoadAsync(cancel => HandshakeBenchmark.UpgradeAsync(bare, cancel), PerRun)).Rate * 100);
            }

            Figures.Summary($"handshakes by {way.Name}", rates, "/s");
            Figures.Summary($"handshakes by {way.Name}, of bare upgrades", ratios, "%");
        }
        finally
        {
            Directory.Delete(home.Root, recursive: true);
        }
    }

    /// <param name="Auth">Null: by a device's key.</param>
    private sealed record Way(string Name, string Config, Func<NetclawHome, ConnectAuth?>? Auth, params (string Name, string Value)[] Headers);
}
