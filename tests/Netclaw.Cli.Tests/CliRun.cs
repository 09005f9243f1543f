using System.Text.Json;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;

namespace Netclaw.Cli.Tests;

/// <summary>One invocation of the command line inside this process, streams captured.</summary>
public sealed record CliRun(int ExitCode, string Out, string Error)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    public static Task<CliRun> Of(TemporaryHome home, params string[] arguments) => Of(home, [], "", arguments);

    public static async Task<CliRun> Of(TemporaryHome home, Dictionary<string, string> environment, string input, params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        environment["NETCLAW_HOME"] = home.Root;
        var host = new CliHost(
            name => environment.GetValueOrDefault(name), new Terminal { Out = output, Error = error, In = new StringReader(input) }, TimeProvider.System,
            Path.Combine(home.Root, "nowhere"));
        var code = await CommandLine.RunAsync(arguments, host).WaitAsync(Bound);
        return new CliRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Stdout as the one JSON object that it must be.</summary>
    public JsonElement Json() => JsonSerializer.Deserialize<JsonElement>(Out) is { ValueKind: JsonValueKind.Object } value
        ? value
        : throw new InvalidOperationException("stdout is not an object: " + Out);

    /// <summary>Stderr as the one error object that it must be.</summary>
    public JsonElement JsonError() => JsonSerializer.Deserialize<JsonElement>(Error);
}
