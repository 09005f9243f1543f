using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Netclaw.Protocol;

namespace Netclaw.Actors.Recovery;

/// <summary>What a repair would write, each with before and after. Made from facts alone; whoever repairs does exactly this.</summary>
public static class RepairPlan
{
    private const int DigestLength = 32;

    public const string Command = "netclaw recover local-access";

    /// <summary>What completes a restore or a reset that was cut short.</summary>
    public const string NextStart = "netclaw up";

    /// <summary>Null: nothing was cut short.</summary>
    public static string? Words(UnfinishedWork work) => work switch
    {
        UnfinishedWork.Restore => "A restore was begun here and cut short; the next start completes it.",
        UnfinishedWork.Reset => "A full reset was begun here and cut short; the next start completes it, and every device pairs anew.",
        _ => null,
    };

    /// <param name="gateway">Its name.</param>
    public static RecoveryPlanResult Of(LocalAccessFacts facts, NetclawHome home, string gateway)
    {
        var row = LocalAccessTable.Classify(facts);
        var (state, meaning) = Words(row, facts);
        ImmutableArray<PlannedWrite> writes = row == LocalAccessRow.Healthy
            ? Unfinished(facts, home)
            : LocalAccessTable.IsRepairable(row) ? [.. Writes(facts, home)] : [];
        ImmutableArray<string> seen = [.. Seen(facts, home)];
        return new RecoveryPlanResult(
            (int)row, state, meaning, seen, LocalAccessTable.IsRepairable(row) || !writes.IsEmpty, writes, facts.OtherDevices, facts.OtherDevices, WayOut(row, facts, home),
            gateway, Digest(row, seen, writes));
    }

    /// <summary>What was agreed to is not what would be done by now. Null: it is, or nobody said what it was.</summary>
    /// <param name="agreed">Digest of the plan that was shown.</param>
    public static LocalAccessRepair.Refused? Changed(RecoveryPlanResult plan, string? agreed) => agreed is null || agreed == plan.Digest
        ? null
        : new LocalAccessRepair.Refused(RefusalCode.ConsentRequired, $"The state has changed since the plan was shown; it is {plan.State} now. Nothing was changed: look again", Command);

    private static string Digest(LocalAccessRow row, ImmutableArray<string> seen, ImmutableArray<PlannedWrite> writes) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', [row.ToString(), .. seen, .. writes.Select(write => $"{write.What}|{write.Before}|{write.After}")]))))[..DigestLength];

    private static (string State, string Meaning) Words(LocalAccessRow row, LocalAccessFacts facts) => row switch
    {
        LocalAccessRow.Fresh => ("fresh", "Nothing was set up here yet: the first start enrols this host, and so does a repair."),
        LocalAccessRow.LeftOverKey => ("left-over-key", "There is a host key, but no installation that it belongs to."),
        LocalAccessRow.CutShort => ("cut-short", "The first steps were cut short, or the host key is not the one that was enrolled. No other device is paired."),
        LocalAccessRow.OthersPaired => ("others-paired", "The host key is not the one that is enrolled. Other devices are paired, and stay as they are."),
        LocalAccessRow.Healthy => ("healthy", facts.Prepared is null ? "The host key is the one that is enrolled." : "The host key is the one that is enrolled; a rotation was cut short."),
        LocalAccessRow.StaleHost => ("stale-host", "This gateway is set up, but its host key is gone or is not the one that is enrolled."),
        LocalAccessRow.JournalLost => ("journal-lost", "The journal is missing, or older than this gateway has reached: it was lost or rolled back. Nothing here is safe to repair in place."),
        LocalAccessRow.Unknown when facts.Journal is JournalFact.Stopped =>
            ("unknown", "The daemon cannot write its journal at present, so nothing can be changed. Nothing of it is damaged; the disk is full, or broken, or its server is away."),
        LocalAccessRow.Unknown => ("unknown", "Something cannot be read, so any repair in place could be wrong. Nothing was changed."),
        LocalAccessRow.Unfinished => (facts.Unfinished == UnfinishedWork.Reset ? "reset-unfinished" : "restore-unfinished", Words(facts.Unfinished) ?? ""),
        _ => facts.Lock is LockFact.Held { Answering: false }
            ? ("daemon-silent", "A daemon holds this home and does not answer.")
            : ("daemon-running", "A daemon serves this home: the repair goes through it."),
    };

    private static IEnumerable<string> Seen(LocalAccessFacts facts, NetclawHome home) => facts switch
    {
        { Unfinished: UnfinishedWork.Restore, Lock: LockFact.Free } => [$"order: {home.RestoreOrder}"],
        { Unfinished: UnfinishedWork.Reset, Lock: LockFact.Free } => [$"order: {home.ResetOrder}"],
        _ => Seen(facts),
    };

    private static IEnumerable<string> Seen(LocalAccessFacts facts)
    {
        yield return facts.Journal switch
        {
            JournalFact.Missing => "journal: none",
            JournalFact.Empty => "journal: no record in it",
            JournalFact.Behind behind => $"journal: {behind.Seen}",
            JournalFact.Unreadable unreadable => $"journal: {unreadable.Seen}",
            JournalFact.Stopped stopped => $"journal: {stopped.Seen}",
            _ => $"journal: sound; bootstrap {facts.Bootstrap}, other devices paired: {facts.OtherDevices}",
        };
        yield return facts.HostDevice switch
        {
            HostDeviceFact.Standing host => $"host device: {host.Id.Short}",
            HostDeviceFact.Revoked host => $"host device: {host.Id.Short}, revoked",
            _ => "host device: none",
        };
        yield return $"host key: {KeyText(facts.HostKey)}";
        yield return facts.Mark switch
        {
            MarkFact.Present mark => $"mark: bootstrap {mark.Phase}, epoch {mark.Epoch}",
            MarkFact.Unreadable unreadable => $"mark: {unreadable.Seen}",
            _ => "mark: none",
        };
        if (facts.Prepared is { } prepared)
        {
            yield return $"rotation: {prepared.Short} was prepared and is not in force";
        }

        if (facts.Lock is LockFact.Held held)
        {
            yield return $"lock: held by process {held.Pid}, which {(held.Answering ? "answers" : "does not answer")}";
        }
    }

    private static IEnumerable<PlannedWrite> Writes(LocalAccessFacts facts, NetclawHome home)
    {
        if (facts.Prepared is { } prepared && facts.HostKey is HostKeyFact.Held held && held.Id == prepared)
        {
            return [Registry(facts, $"{prepared.Short}, which is in place already")];
        }

        return
        [
            .. facts.HostKey is HostKeyFact.Held key ? [new PlannedWrite(home.HostKey, key.Id.Short, $"kept beside it as {Path.GetFileName(home.HostKey)}.<date>")] : ImmutableArray<PlannedWrite>.Empty,
            new PlannedWrite(home.HostKey, facts.HostKey is HostKeyFact.Held ? "that name" : KeyText(facts.HostKey), "a new key"),
            Registry(facts, "the new key"),
        ];
    }

    private static ImmutableArray<PlannedWrite> Unfinished(LocalAccessFacts facts, NetclawHome home) => facts.Prepared is not { } prepared
        ? []
        : [new PlannedWrite($"rotation of {home.HostKey}", $"{prepared.Short} was prepared", "completed, or undone where that key is gone")];

    private static PlannedWrite Registry(LocalAccessFacts facts, string next) => new("registry, host device", facts.HostDevice switch
    {
        HostDeviceFact.Standing host => $"{host.Id.Short}, which becomes a tombstone",
        HostDeviceFact.Revoked host => $"{host.Id.Short}, revoked, which stays so",
        _ => "none",
    }, next);

    private static string KeyText(HostKeyFact key) => key switch
    {
        HostKeyFact.Held held => held.Id.Short,
        HostKeyFact.Unreadable unreadable => unreadable.Seen,
        _ => "none",
    };

    private static ImmutableArray<string> WayOut(LocalAccessRow row, LocalAccessFacts facts, NetclawHome home) => row switch
    {
        LocalAccessRow.Unknown when facts.Journal is JournalFact.Stopped stopped => [stopped.WayOut],
        LocalAccessRow.Unknown when facts is { HostKey: HostKeyFact.Unreadable, Journal: not JournalFact.Unreadable, Mark: not MarkFact.Unreadable } =>
            [LocalRemedy.SetHostKeyAside(home)],
        LocalAccessRow.JournalLost or LocalAccessRow.Unknown => ["netclaw backup restore <file>", $"{Command} --full-reset"],
        LocalAccessRow.Unfinished => [NextStart],
        LocalAccessRow.DaemonHolds => [facts.Lock is LockFact.Held { Answering: false } ? "netclaw daemon stop --force" : Command],
        _ => [],
    };
}
