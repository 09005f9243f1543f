using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>To <see cref="CronActor"/> from handlers. Closed; answered once, by a <see cref="CronReply"/> with the same id, when it is durable.</summary>
/// <param name="Now">Whole milliseconds, as it is stored.</param>
public abstract record CronCommand(long CommandId, DateTimeOffset Now)
{
    /// <param name="Spec">Complete.</param>
    public sealed record Add(long CommandId, DateTimeOffset Now, CronJobId Job, CronOwner Owner, CronJobSpec Spec) : CronCommand(CommandId, Now);

    /// <param name="Owner">Whoever changes it answers for it from then on.</param>
    /// <param name="Spec">Complete.</param>
    /// <param name="Revision">What it was made of; another by now is refused.</param>
    public sealed record Update(long CommandId, DateTimeOffset Now, CronJobId Job, CronOwner Owner, CronJobSpec Spec, long Revision) : CronCommand(CommandId, Now);

    public sealed record Remove(long CommandId, DateTimeOffset Now, CronJobId Job) : CronCommand(CommandId, Now);

    /// <param name="Mode">One of <see cref="CronRunParams"/>.</param>
    public sealed record Run(long CommandId, DateTimeOffset Now, CronJobId Job, string Mode) : CronCommand(CommandId, Now);
}

/// <summary>From <see cref="CronActor"/>, when what it says is durable. Closed.</summary>
public abstract record CronReply(long CommandId)
{
    public sealed record Changed(long CommandId, ScheduledJob Job) : CronReply(CommandId);

    public sealed record Removed(long CommandId, bool WasThere) : CronReply(CommandId);

    public sealed record Started(long CommandId, string RunId) : CronReply(CommandId);

    /// <param name="Reason">As <see cref="CronRunResult"/> has it.</param>
    public sealed record NotStarted(long CommandId, string Reason) : CronReply(CommandId);

    public sealed record Refused(long CommandId, RefusalCode Code, string Message) : CronReply(CommandId);
}

/// <summary>A run is over, as whoever ran it says.</summary>
/// <param name="Final">However it ended, it is not tried again: whoever is to be told has been, or another try could only come to the same.</param>
public sealed record CronRunEnd(CronJobId Job, long Number, CronOutcome Outcome, bool Final = false);
