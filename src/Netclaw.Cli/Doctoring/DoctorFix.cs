using Netclaw.Cli.Doctoring.Checks;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Recovery;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring;

/// <summary>
/// <c>netclaw doctor --fix</c>: repairs what a repair in place is safe for, which is local access, the way that <c>netclaw recover local-access</c> does; then
/// every check is run. Everything else that is found names its command: it is a decision, and nobody here takes it.
/// </summary>
internal sealed class DoctorFix(CommandContext context)
{
    public const string Command = "netclaw doctor --fix";

    /// <returns>As the doctor: 0 healthy, 1 errors, 2 only warnings, or with <c>--dry-run</c> something to repair.</returns>
    /// <exception cref="Failures.CommandFailure">Why the repair was not made, or could not be proven.</exception>
    public async Task<int> RunAsync(IReadOnlyCollection<string> only, IReadOnlyCollection<string> skip, RecoverRequest request, CancellationToken cancellation)
    {
        context.RefuseElsewhere("doctor");
        var repair = Wants(only, skip)
            ? await new RecoverLocalAccess(context).RepairAsync(await RecoveryWay.FindAsync(context, cancellation), request, Command, cancellation)
            : null;
        if (repair is not null && !context.Screen.Json)
        {
            context.Screen.Show(RecoverySheet.Report(repair));
        }

        var code = await new Doctor(context).RunAsync(only, skip, cancellation, repair);
        return code == ExitCodes.Ok && repair is { Outcome: RecoverReport.Planned } ? ExitCodes.Warned : code;
    }

    /// <summary>The check that it is for was not left out.</summary>
    private static bool Wants(IReadOnlyCollection<string> only, IReadOnlyCollection<string> skip)
    {
        var id = new LocalAccessCheck().Id;
        return (only.Count == 0 || only.Contains(id)) && !skip.Contains(id);
    }
}
