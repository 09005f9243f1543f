using System.Diagnostics;
using System.Globalization;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>Other processes at the control socket: this very assembly, started as a program.</summary>
public sealed class PeerTests : IAsyncLifetime
{
    private const uint Stranger = 47_113;

    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task RefusesADescendantOfTheDaemon_WithoutASpawnCredential() =>
        Assert.Equal("spawn_credential_required", await PeerAsync("dotnet", []));

    [Fact]
    public async Task RefusesAGrandchildWhoseParentIsGone_ForItFallsBackToTheDaemon() =>
        Assert.Equal("spawn_credential_required", await PeerAsync("/bin/sh", ["-c", "setsid \"$@\" & wait", "sh", "dotnet"]));

    [RootFact]
    public async Task RefusesAProcessOfAnotherUser_AndNamesItsUser()
    {
        // Somebody has opened the way on purpose; the kernel still names the peer.
        foreach (var directory in new[] { _host.Home.RunDirectory, _host.Home.Root, Path.GetDirectoryName(_host.Home.Root)! })
        {
            File.SetUnixFileMode(directory, (UnixFileMode)0b111_001_001);
        }

        File.SetUnixFileMode(_host.Home.ControlSocket, (UnixFileMode)0b110_110_110);
        var id = Stranger.ToString(CultureInfo.InvariantCulture);

        Assert.Equal("peer_uid_not_allowed", await PeerAsync("setpriv", ["--reuid", id, "--regid", id, "--clear-groups", "dotnet"]));
        await _host.StopAsync();
        Assert.Contains($"uid {Stranger}", await File.ReadAllTextAsync(_host.Home.AuditLog), StringComparison.Ordinal);
    }

    private async Task<string> PeerAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var argument in arguments.Concat(["exec", typeof(PeerTests).Assembly.Location, "peer", _host.Home.ControlSocket]))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(GatewayHost.Bound);
        var said = (await output).Trim();
        return said.Length > 0 ? said : throw new InvalidOperationException($"the peer said nothing: {await errors}");
    }
}
