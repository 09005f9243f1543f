using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Invocation;

/// <summary>Everything outside that a command may touch; tests put their own in.</summary>
/// <param name="BaseDirectory">Where this program is.</param>
public sealed record CliHost(Func<string, string?> Environment, Terminal Terminal, TimeProvider Time, string BaseDirectory)
{
    public NetclawHome Home { get; } = NetclawHome.Current(Environment);

    public static CliHost OfProcess() => new(
        System.Environment.GetEnvironmentVariable,
        Terminal.OfProcess(System.Environment.GetEnvironmentVariable),
        TimeProvider.System,
        AppContext.BaseDirectory);
}
