using System.Collections.Immutable;
using Netclaw.Cli.Doctoring.Checks;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Recovery;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring;

/// <summary><c>netclaw doctor</c>: every check in order, each on its own; one that fails is a finding and stops no other. Reads only.</summary>
internal sealed class Doctor(CommandContext context)
{
    private static readonly TimeSpan DefaultBudget = TimeSpan.FromSeconds(30);

    /// <summary>
    /// In the order in which they are run and shown: first what this process sees by itself, so that netclawd has had its time when it is wanted.
    /// </summary>
    public static ImmutableArray<ICheck> Checks { get; } =
    [
        new HomeCheck(), new SecretsCheck(), new LockCheck(), new DaemonCheck(), new PortsCheck(), new ServiceCheck(), new ProfilesCheck(),
        new ConfigurationCheck(), new ExposureCheck(), new TunnelCheck(), new IdentityCheck(), new JournalCheck(), new ClockCheck(), new RuntimeCheck(),
        new SocketCheck(), new InForceCheck(), new LocalAccessCheck(), new BootstrapCheck(), new PairingCheck(),
    ];

    /// <summary>What any check may find that does not come to an end.</summary>
    public static ImmutableArray<FindingKind> Kinds { get; } =
    [
        new("timed_out", Severity.Error, "A check had no result in its time.", FindingKind.AnyCommand),
        new("check_failed", Severity.Error, "A check could not look.", FindingKind.AnyCommand),
        new("part_missing", Severity.Error, "netclawd, which knows what the command line does not, cannot be started.", FindingKind.AnyCommand),
    ];

    /// <param name="only">Ids; empty: all.</param>
    /// <param name="repair">What <c>--fix</c> came to before; told with the checks.</param>
    /// <returns>0 healthy, 1 errors, 2 only warnings.</returns>
    public async Task<int> RunAsync(IReadOnlyCollection<string> only, IReadOnlyCollection<string> skip, CancellationToken cancellation, RecoverReport? repair = null)
    {
        context.RefuseElsewhere("doctor");
        var report = DoctorReport.Of(context.Home.Root, await ExamineAsync(only, skip, cancellation), repair);
        context.Screen.Show(DoctorSheet.Report(report));
        return report.Errors > 0 ? ExitCodes.Failed : report.Warnings > 0 ? ExitCodes.Warned : ExitCodes.Ok;
    }

    private async Task<ImmutableArray<CheckReport>> ExamineAsync(IReadOnlyCollection<string> only, IReadOnlyCollection<string> skip, CancellationToken cancellation)
    {
        ImmutableArray<ICheck> chosen = [.. Checks.Where(check => (only.Count == 0 || only.Contains(check.Id)) && !skip.Contains(check.Id))];
        using var spinner = new Spinner(context.Screen, context.Time);
        spinner.Turn("looking for the daemon");
        var visit = await DoctorVisit.BeginAsync(context, chosen.Aggregate(Needs.Nothing, (needs, check) => needs.And(check.Needs)), cancellation);
        var reports = ImmutableArray.CreateBuilder<CheckReport>();
        foreach (var check in chosen)
        {
            spinner.Turn($"checking {check.Id}");
            reports.Add(await RunAsync(check, visit, cancellation));
        }

        return reports.ToImmutable();
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
