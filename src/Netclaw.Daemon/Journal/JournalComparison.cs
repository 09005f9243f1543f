using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Daemon.Journal.Auditing;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Journal;

/// <summary>A journal against the mark outside it (recovery.md, state 7): what is behind the mark was lost or rolled back and is refused, by name, before anything is written.</summary>
internal static class JournalComparison
{
    /// <summary>Nothing can be repaired in place; the remedy of both codes restores a backup.</summary>
    public const string WayOut =
        "Put the right journal back, or go on from a backup; without one, netclaw recover local-access --full-reset begins anew and ends every pairing.";

    /// <summary>Where nothing is wrong with the journal, as far as anybody knows: its server has to come back.</summary>
    public const string TryAgain = "netclaw daemon start";

    /// <summary>As the one table of codes has it.</summary>
    public static RefusalCode CodeOf(FaultKind kind) => kind switch
    {
        FaultKind.RolledBack => RefusalCode.JournalRolledBack,
        FaultKind.Away => RefusalCode.JournalUnavailable,
        _ => RefusalCode.JournalUnreadable,
    };

    /// <summary>Before the journal is recovered: its records.</summary>
    public static async Task<StartProblem?> OfRecordsAsync(JournalAuditor auditor) =>
        !Sabotage.Is(Break.AcceptAJournalBehindTheMark) && await Task.Run(auditor.Compare).ConfigureAwait(false) is { } fault ? Of(fault) : null;

    /// <summary>After it was recovered: what they have come to.</summary>
    /// <param name="state">Null: nothing was read.</param>
    public static StartProblem? OfState(GatewayMark mark, RegistrySnapshot? state)
    {
        if (Sabotage.Is(Break.AcceptAJournalBehindTheMark))
        {
            return null;
        }

        if (state?.Epoch < mark.Epoch)
        {
            return RolledBack($"The journal is of epoch {state.Epoch}, but this gateway had begun epoch {mark.Epoch}: it is from before a restore or a reset");
        }

        if (state is null || state.Bootstrap < mark.Bootstrap)
        {
            return RolledBack($"The journal is at {state?.Bootstrap.ToString() ?? "nothing"}, but this gateway had reached {mark.Bootstrap}: it was lost or rolled back");
        }

        return null;
    }

    /// <summary>After it could not be recovered: the place, which a reading of the whole journal knows best. What could be read and not be written is the disk's matter, or its server's.</summary>
    public static async Task<StartProblem> OfFailureAsync(JournalAuditor auditor, JournalFailure? failure) => failure is { Kind: not JournalFailureKind.Unreadable }
        ? new StartProblem(RefusalCode.JournalUnavailable, $"{failure.ToString().TrimEnd('.')}. Nothing of it is damaged.")
        : await Task.Run(auditor.FirstBad).ConfigureAwait(false) is { } fault ? Of(fault) : new StartProblem(RefusalCode.JournalUnreadable, $"{failure}. Nothing was changed. {WayOut}");

    private static StartProblem Of(JournalFault fault) => fault.Kind switch
    {
        FaultKind.RolledBack => RolledBack(fault.ToString()),
        FaultKind.Away => new StartProblem(RefusalCode.JournalUnavailable, $"{fault}. Nothing was changed.", TryAgain),
        _ => new StartProblem(RefusalCode.JournalUnreadable, $"{fault}. Nothing was changed. {WayOut}"),
    };

    private static StartProblem RolledBack(string seen) => new(RefusalCode.JournalRolledBack, $"{seen}. Nothing was changed. {WayOut}");
}
