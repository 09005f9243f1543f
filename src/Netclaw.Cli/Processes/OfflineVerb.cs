using System.Text.Json;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Protocol;

namespace Netclaw.Cli.Processes;

/// <param name="Json">What it wrote: one JSON object.</param>
internal sealed record OfflineAnswer(int ExitCode, string Json);

/// <summary>Runs <c>netclawd offline &lt;verb&gt; --json</c> on this home: what needs the daemon's knowledge, but no daemon.</summary>
internal sealed class OfflineVerb(CommandContext context)
{
    /// <exception cref="CommandFailure">The verb's own problems, or part_missing.</exception>
    public async Task<OfflineAnswer> RunAsync(string verb, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using var process = DaemonExecutable.Start(Executable(), Arguments(verb, arguments), DaemonExecutable.Variables(context.Host.Environment));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        var json = await output;
        return json.Length > 0 && IsObject(json)
            ? new OfflineAnswer(process.ExitCode, json.TrimEnd('\n'))
            : throw StartFailure.From(await errors, process.ExitCode, context.Home, $"netclawd offline {verb}");
    }

    /// <summary>Becomes the verb, streams and all: for those that read and write as they go.</summary>
    /// <exception cref="CommandFailure">This process could not become netclawd.</exception>
    public int Become(string verb, IReadOnlyList<string> arguments)
    {
        var executable = Executable();
        var seen = ProcessImage.Replace(executable, [.. Arguments(verb, arguments)], DaemonExecutable.Variables(context.Host.Environment));
        throw DaemonExecutable.Unstartable(executable, seen);
    }

    private IEnumerable<string> Arguments(string verb, IReadOnlyList<string> arguments) => ["offline", verb, "--home", context.Home.Root, "--json", .. arguments];

    private string Executable() => DaemonExecutable.Find(context.Host.Environment, context.Host.BaseDirectory);

    private static bool IsObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
