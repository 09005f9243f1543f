using System.Collections.Immutable;
using Netclaw.Cli.Configuration;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>netclaw.json as a daemon would read it at its next start: what keeps it from starting, what is probably not meant, and every trust that was given.</summary>
internal sealed class ConfigurationCheck : ICheck
{
    /// <summary>Stands for the warnings that <c>netclaw config check</c> knows.</summary>
    public const string AnyWarning = "<warning>";

    private const string Remedy = "netclaw config check";

    private static readonly FindingKind Problem = new(
        "config_invalid", Severity.Error, "No daemon starts with this setting; a secret or key that a setting names has a code of its own.", Remedy);

    private static readonly FindingKind Doubt = new(AnyWarning, Severity.Warning, "A setting that is allowed and probably not meant, by its own name.", Remedy);
    private static readonly FindingKind Trust = new(StartNotice.OptIn, Severity.Info, "Something that you chose to trust.", Remedy);

    public string Id => "configuration";

    public string Looks => "netclaw.json as a daemon would read it at its next start: problems, warnings, trust that was given.";

    public ImmutableArray<FindingKind> Kinds => [Problem, Doubt, Trust];

    public Needs Needs => new(["configuration"]);

    public async Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation) =>
        await visit.ExaminationAsync(cancellation) is { } seen ? Of(seen.Required(seen.Configuration, "configuration")) : CheckReport.Skipped(Id, $"{visit.Unexamined}.");

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
