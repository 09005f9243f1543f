using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Devices;
using Netclaw.Cli.Output;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Start;
using Netclaw.Daemon.Tests.Configuration;
using Netclaw.Daemon.Tests.DeadEnds;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Recovery;

/// <summary>A home that was set up, served and then broken, all by the product's own code and by what happens to files.</summary>
internal sealed class BrokenHome : IAsyncDisposable
{
    public const string Tunnel = "cloudflare-tunnel";

    private BrokenHome(GatewayHost host) => Host = host;

    /// <summary>The one of now; stopped unless <see cref="StartAsync"/> was last.</summary>
    public GatewayHost Host { get; private set; }

    public NetclawHome Home => Host.Home;

    /// <summary>Paired before anything broke; null: nobody is.</summary>
    public TestDevice? Phone { get; private init; }

    private static readonly string[] States =
        ["cut-short", "others-paired", "others-paired, other key", "stale-host", "stale-host, other key", "stale-host, nobody paired", "stale-host, revoked"];

    /// <summary>By their names.</summary>
    public static TheoryData<string> Exposures => [.. Exposure.All.Select(exposure => exposure.Name)];

    public static TheoryData<string, string> EveryStateInEveryMode
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var (state, exposure) in from state in States from exposure in Exposure.All select (state, exposure.Name))
            {
                all.Add(state, exposure);
            }

            return all;
        }
    }

    /// <summary>Set up, and stopped.</summary>
    /// <param name="completed">A start that was not local has succeeded.</param>
    /// <param name="exposure">As it is configured from now on.</param>
    public static async Task<BrokenHome> SetUpAsync(bool paired, bool completed, string exposure = "local")
    {
        var phone = paired ? new TestDevice("phone") : null;
        var host = await GatewayHost.StartAsync(Config(completed ? Tunnel : "local"));
        if (phone is not null)
        {
            await phone.PairAsync(host);
        }

        await host.StopAsync();
        await File.WriteAllTextAsync(host.Home.ConfigFile, Config(exposure));
        return new BrokenHome(host) { Phone = phone };
    }

    /// <summary>In one of <see cref="EveryStateInEveryMode"/>; running when it is to be repaired online.</summary>
    public static async Task<BrokenHome> InStateAsync(string state, string exposure, bool online)
    {
        var home = await SetUpAsync(paired: !state.StartsWith("cut-short", StringComparison.Ordinal) && !state.EndsWith("nobody paired", StringComparison.Ordinal), state.StartsWith("stale-host", StringComparison.Ordinal), exposure);
        if (state.EndsWith("revoked", StringComparison.Ordinal))
        {
            await home.RevokeHostAsync();
        }
        else
        {
            File.Delete(home.Home.HostKey);
        }

        if (state.EndsWith("other key", StringComparison.Ordinal))
        {
            KeyFile.Create(home.Home.HostKey).Dispose();
        }

        if (online)
        {
            await home.StartAsync();
        }

        return home;
    }

    /// <summary>The row that <paramref name="state"/> is of, with the settings of <paramref name="exposure"/> served once where it is repaired <paramref name="online"/>.</summary>
    public static int RowOf(string state, string exposure, bool online) => state.StartsWith("stale-host", StringComparison.Ordinal) || (online && exposure != "local")
        ? 6
        : state.StartsWith("cut-short", StringComparison.Ordinal) ? 3 : 4;

    /// <summary>The same home at another place, stopped: what is done to one is not done to the other.</summary>
    public async Task<BrokenHome> CopyAsync()
    {
        var host = await GatewayHost.StartAsync();
        await host.StopAsync();
        Directory.Delete(host.Home.Root, recursive: true);
        foreach (var directory in Directory.GetDirectories(Home.Root, "*", SearchOption.AllDirectories).Prepend(Home.Root))
        {
            Directory.CreateDirectory(directory.Replace(Home.Root, host.Home.Root, StringComparison.Ordinal), File.GetUnixFileMode(directory));
        }

        foreach (var file in Directory.GetFiles(Home.Root, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, file.Replace(Home.Root, host.Home.Root, StringComparison.Ordinal));
        }

        return new BrokenHome(host);
    }

    public async Task StartAsync() => Host = await Host.RestartAsync();

    public async Task<OfflineSaid> OfflineAsync(params string[] arguments)
    {
        using var output = new MemoryStream();
        var errors = "";
        var code = await OfflineHost.RunAsync(
            [.. arguments, "--home", Home.Root, "--json"], _ => null, new FixedMachine().Facts, Stream.Null, output, said => errors += said, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        return new OfflineSaid(code, Encoding.UTF8.GetString(output.ToArray()), errors);
    }

    /// <summary>Reads or changes the registry as an offline verb does.</summary>
    public async Task<T> WithRegistryAsync<T>(Func<OfflineRegistry, Keyring, Task<T>> use, Action<IServiceCollection>? overrides = null)
    {
        var problems = new StartProblems();
        using var keys = new KeyringLoader(Home, problems).Open("test");
        Assert.True(keys is not null, StartReport.Render(problems, asJson: false));
        await using var registry = await OfflineRegistry.OpenAsync(Home, new NetclawOptions(), keys, _ => null, problems, CancellationToken.None, overrides).WaitAsync(GatewayHost.Bound);
        Assert.True(registry is not null, StartReport.Render(problems, asJson: false));
        return await use(registry, keys);
    }

    /// <summary>Every device but the hosts, in its stored form.</summary>
    public static string Others(RegistrySnapshot registry)
    {
        var codec = new RegistryCodec();
        return string.Join('\n', registry.Devices.Values.Where(device => device.Kind != DeviceKind.Host).OrderBy(device => device.Id.ToString(), StringComparer.Ordinal)
            .Select(device => Encoding.UTF8.GetString(codec.EncodeEvent(new RegistryEvent.DevicePairedSilently(DateTimeOffset.UnixEpoch, device, "")).Bytes)));
    }

    /// <summary>What local access is for: the operator gets in by the socket and by the host's own key, and whoever was paired still does.</summary>
    public async Task ServesEverybodyAsync()
    {
        await using var owner = await Host.OperatorAsync();
        _ = await owner.CallAsync(PairListResult.Method, new PairListParams(true), ProtocolJson.Default.PairListParams, ProtocolJson.Default.PairListResult, CancellationToken.None)
            .WaitAsync(GatewayHost.Bound);
        await ServesHostKeyAsync();
        if (Phone is not null)
        {
            await (await Phone.ConnectAsync(Host)).DisposeAsync();
        }
    }

    public async Task ServesHostKeyAsync()
    {
        using var device = new TestDevice("host") { Key = Assert.IsType<KeyFileResult.Loaded>(KeyFile.Load(Home.HostKey)).Key };
        await using var connection = await device.ConnectAsync(Host);
        _ = await connection.CallAsync(StatusResult.Method, ProtocolJson.Default.StatusResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Phone?.Dispose();
    }

    /// <summary>By a record that the product writes for devices only: nothing asks for it, but a journal may hold it.</summary>
    private Task RevokeHostAsync() => WithRegistryAsync(
        async (registry, _) => Assert.IsType<RegistryReply.Done>(await registry.AskAsync(new RegistryCommand.CompleteBootstrap(99, registry.Now)).WaitAsync(GatewayHost.Bound)),
        services => services.AddSingleton<RegistryRules>((command, state) => command is RegistryCommand.CompleteBootstrap
            ? Decision.Accept(new RegistryReply.Done(command.CommandId), new RegistryEvent.DeviceRevoked(command.Now, state.Host!.Value, "test"))
            : DeviceDecider.Decide(command, state)));

    private static string Config(string exposure) => Exposure.All.Single(one => one.Name == exposure).Config();
}

/// <summary>What an offline verb said.</summary>
internal sealed record OfflineSaid(int ExitCode, string Out, string Errors)
{
    public T Read<T>(System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> shape)
    {
        Assert.True(ExitCode == ExitCodes.Ok && Errors.Length == 0, Errors);
        return System.Text.Json.JsonSerializer.Deserialize(Out, shape)!;
    }

    public CallError Error => Assert.Single(System.Text.Json.JsonSerializer.Deserialize(Errors, CliJson.Readable.CallErrorArray)!);
}
