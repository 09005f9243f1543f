using System.Diagnostics;
using System.Text.Json;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Daemon.Tests.Secrets;

/// <summary>The real command line as a child of the daemon (this process), with the environment that the daemon gives its children.</summary>
public sealed class DescendantTests : IAsyncLifetime
{
    private static readonly Principal Scheduler = new(AuthMethod.ControlSocket, Role.Operator, ScopeSet.ReadWrite, null, "scheduler");

    private readonly TemporaryHome _foreign = new();
    private readonly RunId _run = RunId.New();
    private GatewayHost _host = null!;
    private Secret _credential = null!;

    private string Socket => "unix:" + _host.Home.ControlSocket;

    public async Task InitializeAsync()
    {
        _host = await GatewayHost.StartAsync();
        var mint = _host.Service<SpawnCredentials>().Mint(new SpawnRequest(_run, Scheduler, ScopeSet.ReadWrite, TimeSpan.FromMinutes(5), UserId.Current));
        _credential = Assert.IsType<SpawnMint.Minted>(mint).Credential;
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _foreign.Dispose();
    }

    [Fact]
    public async Task WorksThroughTheControlSocket_WithItsCredential()
    {
        var (code, status, errors) = await NetclawAsync(Socket, _credential, "status", "--json");

        Assert.True(code == 0, errors);
        Assert.Equal(("spawn", "operator"), Who(status));
    }

    [Fact]
    public async Task WorksOverTcp_WithItsCredential()
    {
        var (code, status, errors) = await NetclawAsync($"http://{_host.Address}", _credential, "status", "--json");

        Assert.True(code == 0, errors);
        Assert.Equal(("spawn", "operator"), Who(status));
    }

    [Fact]
    public async Task IsRefused_WithoutIt_AndWithAnother()
    {
        Assert.Contains("code   spawn_credential_required", (await NetclawAsync(Socket, null, "status")).Errors, StringComparison.Ordinal);
        var another = await NetclawAsync(Socket, new Secret(SecretHost.Wrong), "status");

        Assert.Contains("code   spawn_credential_invalid", another.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(SecretHost.Wrong, another.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IsRefused_OnceItsRunIsCancelled()
    {
        _host.Service<SpawnCredentials>().Cancel(_run);

        Assert.Contains("code   spawn_credential_revoked", (await NetclawAsync(Socket, _credential, "status")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShowsItsCredential_WhenTheAddressThatCameWithItIsTyped()
    {
        var (code, status, errors) = await NetclawAsync(Socket, _credential, "status", "--json", "--url", Socket);

        Assert.True(code == 0, errors);
        Assert.Equal(("spawn", "operator"), Who(status));
    }

    [Fact]
    public async Task DoesNotShowItsCredential_ToAnAddressThatDidNotComeWithIt()
    {
        // --url names another gateway than the one that minted it.
        var (code, _, errors) = await NetclawAsync(Socket, _credential, "status", "--url", $"http://{_host.Address}");

        Assert.NotEqual(0, code);
        Assert.Contains("code   pairing_required", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MayNotWhatItWasNotGranted() =>
        Assert.Contains("code   missing_scope", (await NetclawAsync(Socket, _credential, "daemon", "pair")).Errors, StringComparison.Ordinal);

    private static (string? Method, string? Role) Who(string status)
    {
        var you = JsonDocument.Parse(status).RootElement.GetProperty("you");
        return (you.GetProperty("method").GetString(), you.GetProperty("role").GetString());
    }

    private async Task<(int Code, string Output, string Errors)> NetclawAsync(string url, Secret? credential, params string[] arguments)
    {
        var start = new ProcessStartInfo(Executables.CommandLine)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["NETCLAW_HOME"] = _foreign.Home.Root;
        start.Environment["NETCLAW_URL"] = url;
        start.Environment["NETCLAW_TOKEN"] = credential?.Reveal();
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(GatewayHost.Bound);
        return (process.ExitCode, await output, await errors);
    }
}
