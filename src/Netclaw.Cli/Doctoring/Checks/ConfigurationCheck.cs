using System.Collections.Immutable;
using Netclaw.Cli.Configuration;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>netclaw.json as a daemon would read it at its next start: what keeps it from starting, what is probably not meant, and every trust that was given.</summary>
internal sealed class ConfigurationCheck : ICheck
{
    private const string Remedy = "netclaw config check";

    public string Id => "configuration";

    public async Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation) => Of(await visit.ConfigurationAsync(cancellation));

    public static CheckReport Of(ConfigCheckReport config)
    {
        ImmutableArray<DoctorFinding> findings =
        [
            .. config.Problems.Select(problem => new DoctorFinding(problem.Code, Severity.Error, problem.Message, Remedy, problem.Key, problem.Value, problem.Remedy)),
            .. config.Warnings.Select(warning => new DoctorFinding(warning.Id, Severity.Warning, warning.Message, Remedy, warning.Key, warning.Value, warning.Remedy)),
            .. config.OptIns.Select(optIn => new DoctorFinding(
                StartNotice.OptIn, Severity.Info, $"You chose to trust: {optIn.Opens}.", Remedy, optIn.Key, optIn.Value, "Remove it from netclaw.json if it is not meant.")),
        ];
        return CheckReport.Of("configuration", Seen(config), findings);
    }

    private static string Seen(ConfigCheckReport config) => config switch
    {
        { Exists: false, Problems.IsEmpty: true } => $"{config.File} does not exist: every default is in force.",
        { Ok: false } => $"no daemon starts with {config.File}: {Spoken.Count(config.Problems.Length, "problem")}.",
        _ => $"a daemon starts with {config.File}; {Spoken.Count(config.Warnings.Length, "warning")}, {Spoken.Count(config.OptIns.Length, "opt-in")}.",
    };
}
