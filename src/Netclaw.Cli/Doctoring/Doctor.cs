using System.Collections.Immutable;
using Netclaw.Cli.Doctoring.Checks;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring;

/// <summary><c>netclaw doctor</c>: every check in order, each on its own; one that fails is a finding and stops no other. Reads only.</summary>
internal sealed class Doctor(CommandContext context)
{
    private static readonly TimeSpan DefaultBudget = TimeSpan.FromSeconds(30);

    /// <summary>In the order in which they are run and shown.</summary>
    public static ImmutableArray<ICheck> Checks { get; } =
        [new DaemonCheck(), new SocketCheck(), new ConfigurationCheck(), new InForceCheck(), new JournalCheck(), new PairingCheck()];

    /// <param name="only">Ids; empty: all.</param>
    /// <returns>0 healthy, 1 errors, 2 only warnings.</returns>
    public async Task<int> RunAsync(IReadOnlyCollection<string> only, IReadOnlyCollection<string> skip, CancellationToken cancellation)
    {
        context.RefuseElsewhere("doctor");
        var visit = await DoctorVisit.BeginAsync(context, cancellation);
        var reports = ImmutableArray.CreateBuilder<CheckReport>();
        foreach (var check in Checks.Where(check => (only.Count == 0 || only.Contains(check.Id)) && !skip.Contains(check.Id)))
        {
            context.Screen.Trace($"checking {check.Id}");
            reports.Add(await RunAsync(check, visit, cancellation));
        }

        var report = DoctorReport.Of(context.Home.Root, reports.ToImmutable());
        context.Screen.Show(DoctorSheet.Report(report));
        return report.Errors > 0 ? ExitCodes.Failed : report.Warnings > 0 ? ExitCodes.Warned : ExitCodes.Ok;
    }

    private async Task<CheckReport> RunAsync(ICheck check, DoctorVisit visit, CancellationToken cancellation)
    {
        var budget = context.Options.Timeout ?? DefaultBudget;
        using var deadline = new CancellationTokenSource(budget, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            return await check.RunAsync(visit, either.Token);
        }
        catch (CommandFailure failure)
        {
            return Failed(check, failure.Error.Code, failure.Error.Message, failure.Error.Remedy);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Failed(check, "timed_out", $"The check had no result within {budget.TotalSeconds:0} s.", null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed(check, "check_failed", $"The check could not look: {e.Message}", null);
        }
    }

    private static CheckReport Failed(ICheck check, string code, string seen, string? remedy) =>
        CheckReport.Of(check.Id, "The check did not come to an end.", new DoctorFinding(code, Severity.Error, seen, remedy ?? $"netclaw doctor --only {check.Id} --verbose"));
}
