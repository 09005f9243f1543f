using System.Collections.Immutable;
using System.Text;
using Netclaw.Cli.Processes;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>Whether the control socket can be where it is looked for, is the home owner's, and lets its owner in: by really connecting.</summary>
internal sealed class SocketCheck : ICheck
{
    private static readonly FindingKind Foreign = new("control_socket_foreign", Severity.Error, "What stands at the socket's path is somebody else's, or no socket.", "ls -ln <path>");
    private static readonly FindingKind Missing = new("control_socket_missing", Severity.Error, "A daemon runs, and its control socket is gone: nobody gets in by it.", "netclaw daemon stop --force");
    private static readonly FindingKind Stale = new("control_socket_stale", Severity.Info, "A daemon was killed and left its socket; the next start replaces it.", "netclaw up");

    private static readonly FindingKind Elsewhere = new(
        "control_socket_elsewhere", Severity.Info, "The home's path is too long for a socket, which therefore is in the user's runtime directory.", "ls -ld <path>");

    private static readonly FindingKind NoRoom = new(
        "socket_path_too_long", Severity.Error, "The home's path is too long for a socket, and the user has no runtime directory: no daemon starts.", "NETCLAW_HOME=\"$HOME/.netclaw\" netclaw up");

    public string Id => "control-socket";

    public string Looks => "The control socket: its path short enough, its owner the home's, live or left behind, and that you are let in by it.";

    public ImmutableArray<FindingKind> Kinds => [Foreign, Missing, Stale, Elsewhere, NoRoom];

    public Needs Needs => new([], Status: true);

    public async Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation)
    {
        if (Objection(visit.Home, visit.Sight.Pid) is { } objection)
        {
            return CheckReport.Of(Id, "The control socket is not as the daemon makes it.", objection);
        }

        var notes = Notes(visit.Home, visit.Sight.Pid).ToImmutableArray();
        if (visit.Unasked is { } why)
        {
            return notes.IsEmpty ? CheckReport.Skipped(Id, $"{why}.") : CheckReport.Of(Id, $"{why}.", notes);
        }

        // One that starts or stops may refuse, and has said so.
        var status = visit.Sight.Probe is ProbeResult.Ready ? await visit.StatusAsync(cancellation) : await visit.StatusOrNullAsync(cancellation);
        return status is null
            ? CheckReport.Skipped(Id, $"{visit.Unasked}.")
            : CheckReport.Of(Id, $"{visit.Home.ControlSocket} lets you in by {status.You.Method}.", notes);
    }

    private static DoctorFinding? Objection(NetclawHome home, int? daemon)
    {
        var path = home.ControlSocket;
        var owner = GatewayEndpoint.OfHome(home).Owner;
        return FileFacts.OfPath(path) switch
        {
            { Kind: FileKind.Socket } facts when facts.Owner != owner && facts.Owner != UserId.Root => Foreign.At($"{path} belongs to user {facts.Owner}, the home to user {owner}.", path),
            { Kind: not FileKind.Socket } => Foreign.At($"{path} is no socket.", path),
            null when daemon is not null => Missing.Found($"A daemon runs, and {path} is not there."),
            null when IsElsewhere(home) && !Directory.Exists(Path.GetDirectoryName(home.RunDirectory)) => NoRoom.Found(
                $"{Path.Combine(home.Root, "run", "control.sock")} has {Length(home)} bytes, a socket's path {NetclawHome.SocketPathLimit} at most, and {Path.GetDirectoryName(home.RunDirectory)} is not there."),
            _ => null,
        };
    }

    private static IEnumerable<DoctorFinding> Notes(NetclawHome home, int? daemon)
    {
        if (daemon is null && FileFacts.OfPath(home.ControlSocket) is { Kind: FileKind.Socket })
        {
            yield return Stale.Found($"{home.ControlSocket} is there and nobody listens: its daemon did not come to its end.");
        }

        if (IsElsewhere(home))
        {
            yield return Elsewhere.At($"The path of {home.Root} is too long for a socket ({Length(home)} of {NetclawHome.SocketPathLimit} bytes): it is in {home.RunDirectory}.", home.RunDirectory);
        }
    }

    private static bool IsElsewhere(NetclawHome home) => home.RunDirectory != Path.GetDirectoryName(home.LockFile);

    private static int Length(NetclawHome home) => Encoding.UTF8.GetByteCount(Path.Combine(home.Root, "run", "control.sock"));
}
