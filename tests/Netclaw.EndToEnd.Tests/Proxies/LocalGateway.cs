using System.Net;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests.Proxies;

/// <summary>One daemon on loopback, for tests that only look at what a proxy does.</summary>
public sealed class LocalGateway : IAsyncLifetime
{
    private readonly Machine _machine = new();

    internal IPEndPoint EndPoint => _machine.EndPoint;

    internal Task<Finished> DoctorAsync(Proxy proxy, string? input = null, params string[] arguments) =>
        DoctorAsync(proxy.Url.ToString(), proxy.Certificate.File, input, arguments);

    internal async Task<Finished> DoctorAsync(string url, string trusted, string? input = null, params string[] arguments)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["SSL_CERT_FILE"] = trusted };
        await using var run = _machine.StartProgram(Executables.CommandLine, input, environment, ["doctor", "proxy", "--url", url, "--json", .. arguments]);
        return await run.FinishAsync();
    }

    public Task InitializeAsync() => _machine.UpAsync();

    public async Task DisposeAsync() => await _machine.DisposeAsync();
}
