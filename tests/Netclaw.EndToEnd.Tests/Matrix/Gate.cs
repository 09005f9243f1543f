using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests.Matrix;

/// <summary>One way to a gateway, and what it takes to go it.</summary>
/// <param name="Url">As a person types it.</param>
/// <param name="Certificate">The file with what signed the proxy's certificate; null: this way has none.</param>
internal sealed record Gate(string Url, Func<Task<RawConnection>> Connect, string? Certificate = null)
{
    public static Gate Of(Machine machine) => new(machine.Url, () => RawConnection.OpenAsync(machine.EndPoint));

    public static Gate Of(Proxy proxy) => new(proxy.Url.ToString().TrimEnd('/'), () => RawConnection.OpenAsync(proxy), proxy.Certificate.File);

    public static Gate Of(StandInAgent agent) => new($"http://{agent.EndPoint}", () => RawConnection.OpenAsync(agent.EndPoint));

    /// <summary>The command line on a device that comes this way.</summary>
    public async Task<Finished> RunAsync(Machine device, string? input, params string[] arguments)
    {
        Dictionary<string, string> environment = Certificate is { } file ? new(StringComparer.Ordinal) { ["SSL_CERT_FILE"] = file } : [];
        await using var run = device.StartProgram(Executables.CommandLine, input, environment, arguments);
        return await run.FinishAsync();
    }
}
