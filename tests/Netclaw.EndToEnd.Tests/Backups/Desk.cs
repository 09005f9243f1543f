using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests.Backups;

/// <summary>Somebody's computer as a guide expects it: netclaw on the PATH, its home in the usual place, a crontab of its own.</summary>
internal sealed class Desk : IAsyncDisposable
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // What the real one says and does, on a table in the home directory.
    private const string Crontab = """
        #!/bin/sh
        case $1 in
          -l) [ -f ~/table ] || { echo 'no crontab for me' >&2; exit 1; }; cat ~/table ;;
          -) cat >~/table ;;
          -r) rm ~/table ;;
        esac
        """;

    /// <param name="programs">A directory that is looked through before the machine's own.</param>
    public Desk(string? programs = null)
    {
        Home = NetclawHome.At(Path.Combine(Machine.Root, ".netclaw"), _ => null);
        var own = Directory.CreateDirectory(Path.Combine(Machine.Root, "bin")).FullName;
        File.WriteAllText(Path.Combine(own, "crontab"), Crontab);
        File.SetUnixFileMode(Path.Combine(own, "crontab"), OwnerOnly);
        Machine.Variables["HOME"] = Machine.Root;
        Machine.Variables["NETCLAW_HOME"] = Home.Root;
        Machine.Variables["PATH"] = $"{own}:{Path.GetDirectoryName(Executables.CommandLine)}:{programs}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    public Machine Machine { get; } = new();

    public NetclawHome Home { get; }

    /// <summary>Names of the guide's own examples, and what they are here.</summary>
    public Dictionary<string, string> Here { get; } = [];

    /// <summary>Runs the block in bash, which ends at the first command that fails, and compares what it prints with what the guide shows.</summary>
    public async Task TypeAsync(GuideBlock block)
    {
        var command = Here.Aggregate(block.Command, (text, each) => text.Replace(each.Key, each.Value, StringComparison.Ordinal));
        await using var shell = Machine.StartProgram("/bin/bash", null, "-e", "-c", command);
        var finished = (await shell.FinishAsync()).Expect(ExitCodes.Ok);
        if (block.Shown is { } shown)
        {
            var said = Here.Aggregate(finished.Out.Replace(Machine.Root, "/home/me", StringComparison.Ordinal), (text, each) => each.Value.Length > 0 ? text.Replace(each.Value, each.Key, StringComparison.Ordinal) : text);
            Assert.Equal(GuideBlock.Alike(shown), GuideBlock.Alike(said));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Machine.StopDaemonAsync(Home);
        await Machine.DisposeAsync();
    }
}
