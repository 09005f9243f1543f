using Netclaw.Cli.Failures;
using Netclaw.Cli.Output;
using Netclaw.Cli.Processes;
using Netclaw.Cli.Profiles;
using Netclaw.Protocol;

namespace Netclaw.Cli.Invocation;

/// <summary>What a running command has: the world, its global options, and how to talk.</summary>
internal sealed class CommandContext(CliHost host, GlobalValues options)
{
    public CliHost Host => host;

    public GlobalValues Options => options;

    public NetclawHome Home => host.Home;

    public TimeProvider Time => host.Time;

    public DateTimeOffset Now => host.Time.GetUtcNow();

    public Screen Screen { get; } = new(host.Terminal, options.Json, options.Verbose);

    public ProfileStore Profiles { get; } = new(host.Home);

    /// <summary>For commands about this machine's own home.</summary>
    /// <exception cref="CommandFailure">Another gateway was named.</exception>
    public void RefuseElsewhere(string verb)
    {
        if (Options is { Url: not null } or { Profile: not null })
        {
            throw new CommandFailure(
                RefusalCode.UsageError, $"netclaw {verb} is about the home {Home.Root} of this machine; --url and --profile do not go with it.", "netclaw " + verb);
        }
    }

    /// <exception cref="CommandFailure">part_missing.</exception>
    public DaemonStarter Starter() => new(
        host.Home, DaemonExecutable.Find(host.Environment, host.BaseDirectory), DaemonExecutable.Variables(host.Environment), host.Time);
}
