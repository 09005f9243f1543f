using System.Diagnostics;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Somebody at a computer: a home, an environment, and the command line, inside this process or as one of its own.</summary>
internal sealed class Person : IDisposable
{
    private readonly TemporaryHome? _own;

    /// <summary>At another computer.</summary>
    public Person()
    {
        _own = new TemporaryHome();
        Home = _own.Home;
    }

    /// <summary>At the computer of this home, as its owner.</summary>
    public Person(NetclawHome home) => Home = home;

    public NetclawHome Home { get; }

    public Dictionary<string, string> Variables { get; } = [];

    public Task<Said> RunAsync(params string[] arguments) => TypeAsync(null, arguments);

    /// <param name="input">What is typed into it.</param>
    public async Task<Said> TypeAsync(string? input, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new CliHost(Variable, new Terminal { Out = output, Error = error, In = new StringReader(input ?? "") }, TimeProvider.System, "/nowhere");
        var code = await CommandLine.RunAsync([.. arguments, "--json"], host).WaitAsync(GatewayHost.Bound);
        return new Said(string.Join(' ', arguments), code, output.ToString(), error.ToString());
    }

    /// <summary>For what looks at processes, or becomes another program.</summary>
    public async Task<Said> ProcessAsync(string? input, params string[] arguments)
    {
        using var process = Start(arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(GatewayHost.Bound);
        return new Said(string.Join(' ', arguments), process.ExitCode, await output, await error);
    }

    /// <summary>A line as it was printed, in a shell that finds netclaw.</summary>
    public async Task<Said> ShellAsync(string line)
    {
        using var process = Started("/bin/sh", ["-c", line]);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(GatewayHost.Bound);
        return new Said(line, process.ExitCode, await output, await error);
    }

    public Process Start(params string[] arguments) => Started(Executables.CommandLine, [.. arguments, "--json"]);

    public void Dispose() => _own?.Dispose();

    private Process Started(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        };
        start.Environment["PATH"] = $"{Path.GetDirectoryName(Executables.CommandLine)}:{start.Environment["PATH"]}";
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("NETCLAW", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Variables.Prepend(new("NETCLAW_HOME", Home.Root)).Prepend(new("NETCLAWD", Executables.Daemon)))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private string? Variable(string name) => name switch
    {
        "NETCLAW_HOME" => Home.Root,
        _ when Variables.TryGetValue(name, out var set) => set,
        "NETCLAWD" => Executables.Daemon,
        _ => null,
    };
}
