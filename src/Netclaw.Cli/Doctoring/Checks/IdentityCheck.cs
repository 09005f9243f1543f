using System.Collections.Immutable;
using Netclaw.Cli.Endpoints;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>Who this gateway is: its key, the mark beside it, the journal's key, as a start would judge them; and whether the running daemon is still that one.</summary>
internal sealed class IdentityCheck : ICheck
{
    private static readonly FindingKind Unusable = new("key_unreadable", Severity.Error, "A key or the mark is missing, open to others, damaged, or not of the others' gateway.", FindingKind.AnyCommand);

    private static readonly FindingKind Replaced = new(
        "identity_replaced", Severity.Error, "The keys in the home are of another gateway than the daemon that runs on it.", "netclaw daemon stop && netclaw daemon start");

    public string Id => "identity";

    public string Looks => "keys/gateway.key against keys/gateway.json and its signature, keys/journal.key, and the running daemon's identity.";

    public ImmutableArray<FindingKind> Kinds => [Unusable, Replaced];

    public Needs Needs => new(["keys"]);

    public async Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation) => await visit.ExaminationAsync(cancellation) is { } seen
        ? Of(visit.Home, seen.Required(seen.Keys, "keys"), Running(visit))
        : CheckReport.Skipped(Id, $"{visit.Unexamined}.");

    /// <summary>As it said when it started, over no connection: one that is stuck has an identity too.</summary>
    private static GatewayId? Running(DoctorVisit visit) =>
        visit.Sight.Pid is { } pid && EndpointSurvey.RunFileOf(visit.Home) is { } run && run.Pid == pid ? run.GatewayId : null;

    private CheckReport Of(NetclawHome home, KeysReport keys, GatewayId? running)
    {
        ImmutableArray<DoctorFinding> findings =
        [
            .. keys.Problems.Select(problem => Unusable.Then(problem.Message, problem.Remedy ?? $"ls -la '{home.KeysDirectory}'") with { Id = problem.Code }),
            .. running is null || keys.GatewayId is not { } id || id == running ? [] : (ReadOnlySpan<DoctorFinding>)
                [Replaced.Found($"The running daemon is {running}; the keys in {home.KeysDirectory} are those of {id}.")],
        ];
        return CheckReport.Of(Id, keys switch
        {
            { Fresh: true } => "nothing was set up yet.",
            { GatewayId: { } gateway } => $"{keys.Name}, {gateway}, epoch {keys.Epoch}.",
            _ => "a daemon does not start with these keys.",
        }, findings);
    }
}
