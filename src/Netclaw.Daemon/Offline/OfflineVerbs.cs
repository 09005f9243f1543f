using System.Collections.Immutable;

namespace Netclaw.Daemon.Offline;

/// <summary>All verbs of <c>netclawd offline</c>.</summary>
internal static class OfflineVerbs
{
    public static ImmutableArray<IOfflineVerb> All { get; } =
    [
        new ConfigCheck(),
        new ConfigSchemaVerb(),
        new ConfigShow(),
        new PolicyExplainVerb(),
        new PolicySchemaVerb(),
        new AuthRotate(),
        new Examine(),
        new RecoverPlanVerb(),
        new RecoverRepairVerb(),
        new RecoverResetVerb(),
        new ImportReadVerb(),
        new ImportPlanVerb(),
        new ImportApplyVerb(),
        new JournalCheckVerb(),
    ];

    public static IOfflineVerb? Find(string name) => All.FirstOrDefault(verb => verb.Name == name);
}
