using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Netclaw.Cli.Backups;

/// <summary>The crontab program refused, or is not there; the message says what was seen.</summary>
internal sealed class CrontabException(string message) : Exception(message);

/// <summary>The table of this process's user, through the <c>crontab</c> program on the PATH. Its bytes are kept as they are: each stands here as one character.</summary>
/// <param name="environment">Says the PATH; the program is looked for there and nowhere else.</param>
internal sealed class Crontab(Func<string, string?> environment)
{
    private const string Name = "crontab";

    private readonly string _program = (environment("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(directory => Path.Combine(directory, Name)).FirstOrDefault(File.Exists)
        ?? throw new CrontabException($"The program {Name} is not on this machine's PATH");

    /// <returns>Empty when this user has none.</returns>
    /// <exception cref="CrontabException">It could not be read: then nobody knows what is in it.</exception>
    public async Task<string> ReadAsync(CancellationToken cancellation)
    {
        var (exitCode, table, said) = await RunAsync("-l", null, cancellation);
        return exitCode == 0 ? table : SaysNone(said) ? "" : throw Refused("-l", exitCode, said);
    }

    /// <param name="table">As it was read, with lines changed; an empty one is removed.</param>
    /// <exception cref="CrontabException">The table stands as it was.</exception>
    public async Task WriteAsync(string table, CancellationToken cancellation)
    {
        var option = table.Length > 0 ? "-" : "-r";
        var (exitCode, _, said) = await RunAsync(option, table, cancellation);
        if (exitCode != 0)
        {
            throw Refused(option, exitCode, said);
        }
    }

    /// <summary>A line in UTF-8, as it stands in a table.</summary>
    public static string Stored(string line) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(line));

    /// <summary>In the words of cron, of cronie and of busybox; anything else is a failure.</summary>
    private static bool SaysNone(string said) =>
        said.Contains("no crontab for ", StringComparison.Ordinal) || (said.Contains("can't open '", StringComparison.Ordinal) && said.Contains("No such file or directory", StringComparison.Ordinal));

    private static CrontabException Refused(string option, int exitCode, string said) =>
        new($"{Name} {option} did not work: {(said.Length > 0 ? said.ReplaceLineEndings(" ").TrimEnd('.') : $"exit code {exitCode}")}");

    private async Task<(int ExitCode, string Out, string Error)> RunAsync(string option, string? input, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(_program, [option])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            StandardInputEncoding = Encoding.Latin1, StandardOutputEncoding = Encoding.Latin1,
        };
        start.Environment["LC_ALL"] = "C";
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await GiveAsync(process, input, cancellation);
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, await output, (await error).Trim());
        }
        catch (Win32Exception e)
        {
            throw new CrontabException($"{_program} cannot be started: {e.Message}");
        }
    }

    private static async Task GiveAsync(Process process, string? input, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It did not read to the end; its exit code says why.
        }
    }
}
