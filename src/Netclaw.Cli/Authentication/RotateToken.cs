using System.Text.Json;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Processes;
using Netclaw.Protocol;

namespace Netclaw.Cli.Authentication;

/// <summary>The result of <c>netclaw auth rotate</c>.</summary>
/// <param name="File">Where the new token is.</param>
/// <param name="ClosesOld">Whether a running daemon also closes what the old one had opened.</param>
/// <param name="Token">With <c>--show</c> only.</param>
internal sealed record RotateReport(string File, bool ClosesOld, Secret? Token);

/// <summary><c>netclaw auth rotate</c>: the daemon's program knows where the token is kept; this one shows it when asked.</summary>
internal sealed class RotateToken(CommandContext context)
{
    /// <exception cref="CommandFailure">The token is not kept in a file, or that could not be written.</exception>
    public async Task<Report> RunAsync(bool show, CancellationToken cancellation)
    {
        context.RefuseElsewhere("auth rotate");
        var answer = await new OfflineVerb(context).RunAsync("auth-rotate", [], cancellation);
        var report = JsonSerializer.Deserialize(answer.Json, CliJson.Readable.RotateReport)!;
        return Report.Of(
            show ? report with { Token = HandedSecrets.Read(report.File) } : report, () => CliJson.Readable.RotateReport,
            (rotated, screen) => Print(rotated, screen));
    }

    private static void Print(RotateReport rotated, Screen screen)
    {
        screen.Line($"The shared token is a new one, in {PlainText.Of(rotated.File)}.");
        screen.Line(rotated.ClosesOld
            ? "The old one opens nothing any more, and what it had opened is closed."
            : "The old one opens nothing any more; what it had opened goes on (auth.closeOnRotate).");
        if (rotated.Token is { } token)
        {
            screen.Line(token.Reveal());
        }
    }
}
