using System.Diagnostics;
using System.Runtime.InteropServices;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Processes;

/// <summary>Where netclawd is: named by <c>NETCLAWD</c>, beside this program, or in the sibling directory of the build's layout.</summary>
public static class DaemonExecutable
{
    public const string Variable = "NETCLAWD";
    private const string Name = "netclawd";

    /// <param name="baseDirectory">The directory of this program.</param>
    /// <exception cref="CommandFailure">part_missing, with every place that was looked at.</exception>
    public static string Find(Func<string, string?> environment, string baseDirectory)
    {
        if (environment(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named)
                ? Path.GetFullPath(named)
                : throw Missing([new Attempt($"{Variable}={named}", "no such file")], $"unset {Variable}");
        }

        var places = Places(baseDirectory).ToArray();
        return Array.Find(places, File.Exists)
            ?? throw Missing([.. places.Select(place => new Attempt(place, "no such file"))], "dotnet build src/Netclaw.Daemon");
    }

    /// <summary>
    /// What the child needs besides the inherited environment: a program started as <c>dotnet netclaw.dll</c> knows its runtime, but
    /// a child that is an executable of its own would look for one only in the default places.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Variables(Func<string, string?> environment)
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return string.IsNullOrEmpty(environment("DOTNET_ROOT")) && Directory.Exists(Path.Combine(root, "host", "fxr"))
            ? new Dictionary<string, string> { ["DOTNET_ROOT"] = root }
            : new Dictionary<string, string>();
    }

    /// <summary>Starts it with nothing to read and both outputs to be read.</summary>
    /// <param name="variables">Added to the inherited environment.</param>
    /// <param name="directory">Where it works; by default where this process does.</param>
    /// <exception cref="CommandFailure">part_missing, with what the system said.</exception>
    internal static Process Start(string executable, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> variables, string directory = "")
    {
        var start = new ProcessStartInfo(executable, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = directory,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw Unstartable(executable, e.Message);
        }
    }

    internal static CommandFailure Unstartable(string executable, string seen) =>
        new(RefusalCode.PartMissing, $"{executable} cannot be started: {seen}.", $"ls -l '{executable}'");

    private static IEnumerable<string> Places(string baseDirectory)
    {
        yield return Path.Combine(baseDirectory, Name);

        // <artifacts>/bin/Netclaw.Cli/<configuration>/ and <artifacts>/bin/Netclaw.Daemon/<configuration>/
        var configuration = new DirectoryInfo(Path.TrimEndingDirectorySeparator(baseDirectory));
        if (configuration.Parent is { Name: "Netclaw.Cli", Parent: { } layout })
        {
            yield return Path.Combine(layout.FullName, "Netclaw.Daemon", configuration.Name, Name);
        }
    }

    private static CommandFailure Missing(Attempt[] tried, string remedy) =>
        new(RefusalCode.PartMissing, "The daemon's program, netclawd, was not found.", remedy) { Tried = [.. tried] };
}
