using System.Net;
using System.Text;

namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>One real proxy in front of a gateway, from its configuration to its end.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private const int Tries = 3;

    private readonly StringBuilder _log = new();
    private readonly string[] _arguments;
    private ProxyProcess? _process;

    private Proxy(ReadyMade configuration, ProxyPlace place, string site)
    {
        Configuration = configuration;
        Place = place;
        Certificate = TestCertificate.Write(place.Folder, place.Listen.Address);
        File.WriteAllText(Path.Combine(place.Folder, "users"), $"{TestUser.Name}:{TestUser.Sha256Crypt}\n");
        _arguments = ProxyFrame.Write(configuration.Program, site, place.Folder);
    }

    public ReadyMade Configuration { get; }

    public ProxyPlace Place { get; }

    public TestCertificate Certificate { get; }

    public Uri Url => new($"https://{Place.Listen}");

    /// <summary>All it has said.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <param name="change">Makes a deliberately wrong configuration of the ready-made one.</param>
    /// <param name="listen">Null: on a loopback address of its own.</param>
    public static async Task<Proxy> StartAsync(
        ReadyMade configuration, IPEndPoint gateway, Func<string, string>? change = null, Func<IPEndPoint>? listen = null, string? networkNamespace = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var place = new ProxyPlace((listen ?? FreeEndPoint.OnLoopback)(), gateway, NewFolder(), networkNamespace);
            var site = configuration.Render(place);
            var changed = change?.Invoke(site) ?? site;
            Assert.True(change is null || changed != site, "the change changed nothing");
            var proxy = new Proxy(configuration, place, changed);
            try
            {
                await proxy.StartAsync();
                return proxy;
            }
            catch (InvalidOperationException) when (attempt < Tries && proxy.Log.Contains("ddress already in use", StringComparison.Ordinal))
            {
                await proxy.DisposeAsync();
            }
            catch
            {
                await proxy.DisposeAsync();
                throw;
            }
        }
    }

    public async Task StartAsync() => _process = await ProxyProcess.StartAsync(Configuration.Program, _arguments, Place, _log);

    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Certificate.Dispose();
        Directory.Delete(Place.Folder, recursive: true);
    }

    /// <summary>Readable for the proxy's user, writable for it below.</summary>
    private static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("netclaw-proxy-").FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        Directory.CreateDirectory(Path.Combine(folder, "scratch"));
        File.SetUnixFileMode(Path.Combine(folder, "scratch"), (UnixFileMode)0b111_111_111);
        return folder;
    }
}
