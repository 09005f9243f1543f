using Netclaw.EndToEnd.Tests.Machines;

namespace Netclaw.Interop.Tests;

/// <summary>The released client with a home and state directory of its own: clients that share one wait for each other's locks.</summary>
internal sealed class WholeClient
{
    private readonly Machine _host;
    private readonly Dictionary<string, string> _environment;

    /// <param name="name">Of its directory.</param>
    /// <param name="token">The gateway's, where the command takes none by itself.</param>
    public WholeClient(Machine host, string name, string? token = null)
    {
        _host = host;
        var state = Path.Combine(host.Root, name);
        Directory.CreateDirectory(state);
        _environment = new Dictionary<string, string> { ["HOME"] = state, ["OPENCLAW_STATE_DIR"] = state };
        if (token is not null)
        {
            _environment["OPENCLAW_GATEWAY_TOKEN"] = token;
        }
    }

    public Running Start(params string[] arguments) => _host.StartProgram(Clients.Node, null, _environment, [Clients.CommandLine, .. arguments]);

    /// <summary>What it prints; it must end well.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        await using var process = Start(arguments);
        return (await process.FinishAsync()).Expect(0).Out;
    }
}
