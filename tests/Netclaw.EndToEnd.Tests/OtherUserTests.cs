using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

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

    private static async Task<Finished> AsStranger(Machine host, params string[] arguments)
    {
        await using var run = StartAsStranger(host, arguments);
        return await run.FinishAsync();
    }

    private static Running StartAsStranger(Machine host, params string[] arguments) => host.StartProgram(
        AsRootFactAttribute.SetPriv, null, ["--reuid", Stranger, "--regid", Stranger, "--clear-groups", Executables.CommandLine, .. arguments]);
}
