using Netclaw.Protocol;

namespace Netclaw.Actors.Recovery;

/// <summary>The host's own access as the daemon can see and repair it: the part that touches files. Answers of one repair never mix with another's.</summary>
public interface ILocalAccess
{
    Task<RecoveryPlanResult> PlanAsync();

    /// <param name="agreed">Digest of the plan that was agreed to; null: any.</param>
    Task<LocalAccessRepair> RepairAsync(string? agreed);
}

/// <summary>What a repair came to. Closed.</summary>
public abstract record LocalAccessRepair
{
    private LocalAccessRepair()
    {
    }

    /// <summary>Durable, in the journal and in the key file.</summary>
    public sealed record Repaired(RecoveryRepairResult Result) : LocalAccessRepair;

    /// <summary>What was in force stays in force.</summary>
    /// <param name="Remedy">Null: what the code stands for.</param>
    public sealed record Refused(RefusalCode Code, string Seen, string? Remedy = null) : LocalAccessRepair;
}

/// <summary>For hosts without files of their own.</summary>
public sealed class NoLocalAccess : ILocalAccess
{
    private const string Nothing = "this gateway has no home of its own";

    public Task<RecoveryPlanResult> PlanAsync() => Task.FromResult(
        new RecoveryPlanResult((int)LocalAccessRow.Unknown, "unknown", Nothing, [], Repairable: false, [], 0, 0, [], ""));

    public Task<LocalAccessRepair> RepairAsync(string? agreed) => Task.FromResult<LocalAccessRepair>(new LocalAccessRepair.Refused(RefusalCode.RepairNotSafe, Nothing));
}
