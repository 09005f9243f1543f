using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>Whether the control socket is the home owner's and lets its owner in: by really connecting.</summary>
internal sealed class SocketCheck : ICheck
{
    public string Id => "control-socket";

    public async Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation)
    {
        var path = visit.Home.ControlSocket;
        var owner = GatewayEndpoint.OfHome(visit.Home).Owner;
        switch (FileFacts.OfPath(path))
        {
            case { Kind: FileKind.Socket } facts when facts.Owner != owner && facts.Owner != UserId.Root:
                return Found($"{path} belongs to user {facts.Owner}, the home to user {owner}.", "control_socket_foreign", $"ls -ln '{path}'");
            case { Kind: not FileKind.Socket }:
                return Found($"{path} is no socket.", "control_socket_foreign", $"ls -ln '{path}'");
            case null when visit.Sight.Pid is not null:
                return Found($"A daemon runs, and {path} is not there.", "control_socket_missing", "netclaw daemon stop --force");
        }

        if (visit.Unasked is { } why)
        {
            return CheckReport.Skipped(Id, $"{why}.");
        }

        var you = (await visit.StatusAsync(cancellation)).You;
        return CheckReport.Ok(Id, $"{path} lets you in by {you.Method}.");
    }

    private CheckReport Found(string seen, string id, string remedy) =>
        CheckReport.Of(Id, "The control socket is not as the daemon makes it.", new DoctorFinding(id, Severity.Error, seen, remedy));
}
