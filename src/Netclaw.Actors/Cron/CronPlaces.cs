using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>Which conversation a job speaks in. Pure.</summary>
public static class CronPlaces
{
    /// <summary>As clients write the default agent's main conversation.</summary>
    private const string MainAlias = "main";

    /// <summary>Whether it names a conversation.</summary>
    public static bool IsKey(string text) => text == MainAlias || ConversationKey.TryParse(text, out _);

    /// <param name="agent">The default one, for jobs that name none.</param>
    public static ConversationKey Of(CronJobId job, CronJobSpec spec, string agent) => spec.SessionTarget switch
    {
        CronJobSpec.Isolated => ConversationKey.OfJob(job.ToString()),
        CronJobSpec.Current when spec.SessionKey is { } key => Named(key, spec, agent),
        var target when target.StartsWith(CronJobSpec.SessionPrefix, StringComparison.Ordinal) => Named(target[CronJobSpec.SessionPrefix.Length..], spec, agent),
        _ => MainOf(spec, agent),
    };

    public static ConversationKey MainOf(CronJobSpec spec, string agent) => ConversationKey.MainOf(spec.AgentId ?? agent);

    private static ConversationKey Named(string text, CronJobSpec spec, string agent) => ConversationKey.TryParse(text, out var key) ? key : MainOf(spec, agent);
}
