using System.Net;
using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests.Proxies;

/// <summary>A gateway with docs/guides/proxies/netclaw-same-host.json, and every ready-made proxy in front of it, all on loopback.</summary>
[CollectionDefinition(Name)]
public sealed class SameHostGateway : IAsyncLifetime, ICollectionFixture<SameHostGateway>
{
    public const string Name = "gateway and proxies on one machine";

    private readonly IPAddress _address = FreeEndPoint.OnLoopback().Address;
    private Dictionary<ReadyMade, Proxy> _proxies = [];

    internal Machine Machine { get; } = new();

    internal Proxy this[string file] => _proxies[ReadyMade.Named(file)];

    /// <summary>Asks through a proxy, with the user's password where it is wanted.</summary>
    internal async Task<HubReply> ConnectAsync(string file, params string[] lines)
    {
        await using var hub = await OpenAsync(this[file], lines);
        return await hub.ConnectAsync();
    }

    internal static async Task<RawHub> OpenAsync(Proxy proxy, params string[] lines) => await RawHub.OpenAsync(
        await RawConnection.OpenAsync(proxy), [.. proxy.Configuration.AsksForUser ? [TestUser.Authorization] : Array.Empty<string>(), .. lines]);

    /// <summary>A further proxy at the same address, deliberately wrong.</summary>
    internal Task<Proxy> StartAsync(ReadyMade file, Func<string, string> change) =>
        Proxy.StartAsync(file, Machine.EndPoint, change, () => FreeEndPoint.On(_address));

    /// <summary>Asks the doctor about a proxy, with the user's password where it is wanted.</summary>
    internal static Task<Finished> DoctorAsync(Machine machine, Proxy proxy)
    {
        var user = proxy.Configuration.AsksForUser;
        return RunAsync(machine, proxy, user ? $"{TestUser.Name}:{TestUser.Password}\n" : null,
            ["doctor", "proxy", "--url", proxy.Url.ToString(), "--json", .. user ? ["--password-stdin"] : Array.Empty<string>()]);
    }

    /// <summary>The command line on a device that trusts this proxy's certificate.</summary>
    internal static async Task<Finished> RunAsync(Machine device, Proxy proxy, string? input, params string[] arguments)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["SSL_CERT_FILE"] = proxy.Certificate.File };
        await using var run = device.StartProgram(Executables.CommandLine, input, environment, arguments);
        return await run.FinishAsync();
    }

    public async Task InitializeAsync()
    {
        if (ProxyProgram.Missing() is not null)
        {
            return;
        }

        await File.WriteAllTextAsync(Machine.Home.ConfigFile, GatewayConfiguration.Render(GatewayConfiguration.SameHost, IPAddress.Loopback, _address));
        await Machine.UpAsync();
        var started = await Task.WhenAll(ReadyMade.All.Select(async file => (file, proxy: await Proxy.StartAsync(file, Machine.EndPoint, null, () => FreeEndPoint.On(_address)))));
        _proxies = started.ToDictionary(entry => entry.file, entry => entry.proxy);
    }

    public async Task DisposeAsync()
    {
        foreach (var proxy in _proxies.Values)
        {
            await proxy.DisposeAsync();
        }

        await Machine.DisposeAsync();
    }
}
