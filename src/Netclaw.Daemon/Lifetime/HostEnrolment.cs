using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Hosting;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Recovery;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Journal;
using Netclaw.Daemon.Journal.Auditing;
using Netclaw.Daemon.Recovery;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Lifetime;

/// <summary>
/// Waits until the journal is read, compares it with the mark outside it, and enrols the host's own key. A journal that is behind the
/// mark was lost or rolled back and is refused; a host key that does not fit is only said, for the control socket needs none.
/// </summary>
internal sealed class HostEnrolment(
    PreparedHome prepared, IRequiredActor<DeviceRegistryKey> registry, RegistryView view, JournalHealth journal, JournalAuditor auditor, TrustOptions trust, TimeProvider time,
    ILogger log)
{
    /// <returns>False, with the problem added, when the journal cannot be trusted.</returns>
    public async Task<bool> RunAsync(StartProblems problems)
    {
        // The command waits behind the recovery, so its answer says that the journal is read, and that what a start has to note could be written.
        var read = await AskAsync(new RegistryCommand.ExpireDue(0, time.GetUtcNow())).ConfigureAwait(false);
        if (read is null || (read is RegistryReply.Refused && journal.Failure is not null))
        {
            return Refuse(problems, await JournalComparison.OfFailureAsync(auditor, journal.Failure).ConfigureAwait(false));
        }

        if (prepared.Reset is { } order && await UnfinishedAsync(order).ConfigureAwait(false) is { } unfinished)
        {
            return Refuse(problems, unfinished);
        }

        if (JournalComparison.OfState(prepared.Keys.Mark, view.Current) is { } behind)
        {
            return Refuse(problems, behind);
        }

        await FinishRotationAsync().ConfigureAwait(false);
        if (prepared.Keys.Host is not { } host)
        {
            LifetimeLog.HostCredential(log, $"{prepared.Home.HostKey} is missing", RepairPlan.Command);
        }
        else if (await AskAsync(new RegistryCommand.EnrolHost(1, time.GetUtcNow(), host.Public, HostRotation.HostName)).ConfigureAwait(false) is RegistryReply.Refused refused)
        {
            LifetimeLog.HostCredential(log, refused.Seen, RepairPlan.Command);
        }

        if (trust.AutoApproveLocal && view.Current is { LocalPairingSuspended: true, Posture: { } posture })
        {
            LifetimeLog.LocalPairingSuspended(log, posture.Exposure, posture.Auth, "netclaw devices auto-approve confirm");
        }

        if (prepared.Options.Exposure.Mode != ExposureMode.Local && !prepared.IsTrial)
        {
            await AskAsync(new RegistryCommand.CompleteBootstrap(2, time.GetUtcNow())).ConfigureAwait(false);
        }

        try
        {
            prepared.Keys.Reached(view.Current?.Bootstrap ?? BootstrapPhase.NotStarted, prepared.Options.Gateway.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(problems, new StartProblem(RefusalCode.HomeNotWritable, $"{prepared.Home.GatewayMark} cannot be written: {e.Message}", DiskTrouble.Remedy(e, prepared.Home.KeysDirectory)));
        }

        if (!prepared.Options.Persistence.UsesPostgres)
        {
            _ = ReportAsync(); // on PostgreSQL the lease's keeper says it, and when it is back
        }

        return true;
    }

    /// <summary>Null: the reset that was cut short is complete.</summary>
    private async Task<StartProblem?> UnfinishedAsync(ResetOrder order)
    {
        try
        {
            return await FullReset.FinishAsync(
                prepared.Home, order, prepared.Keys, AskAsync, () => view.Current ?? RegistrySnapshot.Empty, () => journal.Writers.Heads, time.GetUtcNow(), time).ConfigureAwait(false) is { } refused
                    ? new StartProblem(refused.Code, $"A full reset was cut short and cannot go on: {refused.Seen}.", RepairPlan.Command + " --full-reset")
                    : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new StartProblem(RefusalCode.HomeNotWritable, $"A full reset was cut short and cannot go on: {e.Message}", DiskTrouble.Remedy(e, prepared.Home.Root));
        }
    }

    /// <summary>What a crash left of a rotation is completed or undone; where it cannot be, what was in force serves on.</summary>
    private async Task FinishRotationAsync()
    {
        try
        {
            switch (await new HostRotation(prepared.Home, AskAsync, () => view.Current ?? RegistrySnapshot.Empty, time).FinishAsync().ConfigureAwait(false))
            {
                case RotationOutcome.Rotated rotated:
                    LifetimeLog.HostRotated(log, rotated.Key.Public.DeviceId.Short);
                    prepared.Keys.TakeHost(rotated.Key);
                    break;
                case RotationOutcome.Refused refused:
                    LifetimeLog.HostCredential(log, refused.Seen, RepairPlan.Command);
                    break;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LifetimeLog.HostCredential(log, $"a rotation that was cut short could not be completed: {e.Message}", RepairPlan.Command);
        }
    }

    private Task<RegistryReply?> AskAsync(RegistryCommand command) => registry.ActorRef.AskUnlessFailedAsync(command, journal);

    private async Task ReportAsync()
    {
        var failure = await journal.Failed.ConfigureAwait(false);
        LifetimeLog.JournalFailed(log, $"{failure} -> {JournalTrouble.Remedy(journal.State)}");
    }

    private bool Refuse(StartProblems problems, StartProblem problem)
    {
        LifetimeLog.NotStarted(log, problem.Message, null);
        problems.Add(problem);
        return false;
    }
}
