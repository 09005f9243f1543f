using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests;

/// <summary>Other users of the same machine. The home is opened on purpose where the kernel's answer, not the file mode, is on trial.</summary>
public sealed class OtherUserTests
{
    private const string Stranger = "64123";
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    [AsRootFact]
    public async Task ForeignUserOnTheControlSocket_IsRefusedByUid()
    {
        await using var host = new Machine();
        await host.UpAsync();
        File.SetUnixFileMode(host.Root, Passable);
        File.SetUnixFileMode(host.Home.RunDirectory, Passable);
        File.SetUnixFileMode(host.Home.ControlSocket, (UnixFileMode)0b110_110_110);

        var run = (await AsStranger(host, "status", "--url", "unix:" + host.Home.ControlSocket, "--json")).Expect(ExitCodes.Refused);

        Assert.Equal("peer_uid_not_allowed", run.Code());
        Assert.Contains(Stranger, run.Error);
    }

    [AsRootFact]
    public async Task ForeignUser_DoesNotEvenReachTheSocket_WithTheModesOfTheHome()
    {
        await using var host = new Machine();
        await host.UpAsync();
        File.SetUnixFileMode(host.Root, Passable);

        var run = await AsStranger(host, "status", "--url", "unix:" + host.Home.ControlSocket, "--json");

        Assert.NotEqual(ExitCodes.Ok, run.ExitCode);
        Assert.Contains(run.Code(), new[] { "endpoint_unreachable", "control_socket_foreign" });
    }

    [AsRootFact]
    public async Task HomeThatCannotBeWritten_IsNamed()
    {
        await using var host = new Machine();
        File.SetUnixFileMode(host.Root, Passable | UnixFileMode.OtherRead);

        var run = await AsStranger(host, "up", "--json");

        Assert.Contains(run.Code(), new[] { "home_not_writable", "home_foreign" });
        Assert.Contains(host.Root, run.Error);
        Assert.DoesNotContain("   at ", run.Error);
        var pair = await AsStranger(host, "pair", "http://127.0.0.1:1", "--request", "--json");
        Assert.NotEqual(ExitCodes.Ok, pair.ExitCode);
    }

    [AsRootFact]
    public async Task RootOnAUsersHome_IsAnOperator()
    {
        await using var host = new Machine();
        (await host.StartProgram("/bin/chown", null, $"{Stranger}:{Stranger}", host.Root).FinishAsync()).Expect(ExitCodes.Ok);
        await using (var up = StartAsStranger(host, "up", "--no-code", "--listen", "127.0.0.1:0", "--json"))
        {
            (await up.FinishAsync()).Expect(ExitCodes.Ok);
        }

        var status = await host.JsonAsync("status");

        Assert.Equal("control", status.GetProperty("reachedBy").GetProperty("rule").GetString());
    }

    [AsRootFact]
    public async Task ListedUser_ComesInOverTheSharedSocket_AndNoFurtherThanItsScopes()
    {
        await using var host = new Machine();
        var socket = await UpSharedAsync(host, """{"control":{"allowUsers":["64123"]}}""");

        var status = (await AsStranger(host, "status", "--url", "unix:" + socket, "--json")).Expect(ExitCodes.Ok).Json();

        Assert.Equal("shared-socket", status.GetProperty("you").GetProperty("method").GetString());
        Assert.Equal(["operator.read", "operator.write"], status.GetProperty("you").GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        var pair = await AsStranger(host, "devices", "list", "--url", "unix:" + socket, "--json");
        Assert.Equal("missing_scope", pair.Code());
        host.Variables["NETCLAW_URL"] = "unix:" + socket;
        (await AsStranger(host, "connections", "list", "--json")).Expect(ExitCodes.Ok);
        host.Variables.Clear();
    }

    [AsRootFact]
    public async Task MemberOfAListedGroup_ComesIn_ByItsSupplementaryGroups()
    {
        await using var host = new Machine();
        var socket = await UpSharedAsync(host, """{"control":{"allowGroups":["64200"],"scopes":["operator.read"]}}""");

        var member = (await As(host, ["--reuid", Stranger, "--regid", Stranger, "--groups", "64199,64200"], "status", "--url", "unix:" + socket, "--json")).Expect(ExitCodes.Ok).Json();
        var other = await As(host, ["--reuid", Stranger, "--regid", Stranger, "--groups", "64199"], "status", "--url", "unix:" + socket, "--json");

        Assert.Equal("operator.read", Assert.Single(member.GetProperty("you").GetProperty("scopes").EnumerateArray()).GetString());
        Assert.Equal("peer_uid_not_allowed", other.Code());
    }

    [AsRootFact]
    public async Task UnlistedUserOnTheSharedSocket_IsRefusedByUid()
    {
        await using var host = new Machine();
        var socket = await UpSharedAsync(host, """{"control":{"allowUsers":["64999"]}}""");

        var run = (await AsStranger(host, "status", "--url", "unix:" + socket, "--json")).Expect(ExitCodes.Refused);

        Assert.Equal("peer_uid_not_allowed", run.Code());
        Assert.Contains(Stranger, run.Error);
    }

    /// <summary>The path says whose daemon it is, so the client knows whom directory and server must belong to.</summary>
    [AsRootFact]
    public async Task SharedSocketOfAnotherUsersDaemon_IsTrustedAsItsOwners()
    {
        await using var host = new Machine();
        File.WriteAllText(host.Home.ConfigFile, """{"control":{"allowUsers":["64124"]}}""");
        (await host.StartProgram("/bin/chown", null, "-R", $"{Stranger}:{Stranger}", host.Root).FinishAsync()).Expect(ExitCodes.Ok);
        (await AsStranger(host, "up", "--no-code", "--listen", "127.0.0.1:0", "--json")).Expect(ExitCodes.Ok);
        var socket = (await host.JsonAsync("status")).GetProperty("daemon").GetProperty("sharedSocket").GetString()!;
        Assert.Equal(uint.Parse(Stranger), SharedSocket.OwnerOf(socket));

        var listed = await As(host, ["--reuid", "64124", "--regid", "64124", "--clear-groups"], "status", "--url", "unix:" + socket, "--json");
        Assert.Equal("shared-socket", listed.Expect(ExitCodes.Ok).Json().GetProperty("you").GetProperty("method").GetString());

        // The same socket under a name that promises another owner.
        var promised = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(socket))!, SharedSocket.DirectoryName(64124, host.Root));
        Directory.CreateSymbolicLink(promised, Path.GetDirectoryName(socket)!);
        try
        {
            var foreign = await As(host, ["--reuid", "64124", "--regid", "64124", "--clear-groups"], "status", "--url", $"unix:{promised}/{SharedSocket.FileName}", "--json");
            Assert.Equal("control_socket_foreign", foreign.Code());
        }
        finally
        {
            File.Delete(promised);
        }

        (await AsStranger(host, "down", "--json")).Expect(ExitCodes.Ok);
        Assert.False(Directory.Exists(Path.GetDirectoryName(socket)));
    }

    [AsRootFact]
    public async Task NobodyListed_MeansNoSharedSocket()
    {
        await using var host = new Machine();
        await host.UpAsync();

        Assert.False((await host.JsonAsync("status")).GetProperty("daemon").TryGetProperty("sharedSocket", out _));
    }

    /// <returns>The path of the shared socket, as the operator reads it.</returns>
    private static async Task<string> UpSharedAsync(Machine host, string config)
    {
        File.WriteAllText(host.Home.ConfigFile, config);
        await host.UpAsync();
        return (await host.JsonAsync("status")).GetProperty("daemon").GetProperty("sharedSocket").GetString()!;
    }

    private static async Task<Finished> As(Machine host, string[] identity, params string[] arguments)
    {
        await using var run = host.StartProgram(AsRootFactAttribute.SetPriv, null, [.. identity, Executables.CommandLine, .. arguments]);
        return await run.FinishAsync();
    }

    private static async Task<Finished> AsStranger(Machine host, params string[] arguments)
    {
        await using var run = StartAsStranger(host, arguments);
        return await run.FinishAsync();
    }

    private static Running StartAsStranger(Machine host, params string[] arguments) => host.StartProgram(
        AsRootFactAttribute.SetPriv, null, ["--reuid", Stranger, "--regid", Stranger, "--clear-groups", Executables.CommandLine, .. arguments]);
}
