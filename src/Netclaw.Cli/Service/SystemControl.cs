using System.ComponentModel;
using System.Diagnostics;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Service;

/// <summary>Runs systemctl, as it stands on the PATH.</summary>
internal static class SystemControl
{
    /// <param name="commands">In order; each a program and its words.</param>
    /// <param name="done">What has been done before, for the message when they fail.</param>
    /// <returns>The commands as typed.</returns>
    /// <exception cref="CommandFailure">service_manager_unavailable, with what to run by hand.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<string[]> commands, string done, CancellationToken cancellation)
    {
        var ran = new List<string>();
        foreach (var command in commands)
        {
            var typed = string.Join(' ', command);
            if (await TryAsync(command, cancellation) is { } seen)
            {
                var left = string.Join(" && ", commands.Skip(ran.Count).Select(each => string.Join(' ', each)));
                throw new CommandFailure(
                    RefusalCode.ServiceManagerUnavailable, $"{done}, but {typed} did not work: {seen} Left to run, where systemd runs: {left}. Without systemd the daemon runs all the same.");
            }

            ran.Add(typed);
        }

        return ran;
    }

    /// <returns>Null when it went well, else what it said.</returns>
    private static async Task<string?> TryAsync(string[] command, CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
            {
                RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false,
            })!;
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var said = (await process.StandardError.ReadToEndAsync(cancellation)).Trim();
            await output;
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0 ? null : said.Length > 0 ? said.ReplaceLineEndings(" ").TrimEnd('.') + "." : $"exit code {process.ExitCode}.";
        }
        catch (Win32Exception)
        {
            return $"{command[0]} is not on this machine's PATH.";
        }
    }
}
