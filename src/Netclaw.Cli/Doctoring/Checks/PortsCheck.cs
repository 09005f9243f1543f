using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using Netclaw.Cli.Endpoints;
using Netclaw.Cli.Kernel;
using Netclaw.Cli.Processes;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>Whether the address that TCP clients are to reach can be taken, or is held by this home's daemon.</summary>
internal sealed class PortsCheck : ICheck
{
    private static readonly FindingKind Taken = new("port_taken", Severity.Error, "Another program listens where the gateway is to: no daemon starts.", "ss -ltnp 'sport = :<port>'");
    private static readonly FindingKind Lost = new("port_not_held", Severity.Error, "The daemon runs, and nothing of it listens where it said it would.", "netclaw daemon stop && netclaw daemon start");
    private static readonly FindingKind NoAddress = new("address_absent", Severity.Error, "This machine does not have the address that the gateway is to listen on.", "ip address");
    private static readonly FindingKind Privileged = new("port_privileged", Severity.Error, "The port is below those that an ordinary user may take.", "sysctl net.ipv4.ip_unprivileged_port_start");

    public string Id => "ports";

    public string Looks => "The endpoint of netclaw.json, or those of the running daemon: free, held by it, or by whom; whether this machine has the address.";

    public ImmutableArray<FindingKind> Kinds => [Taken, Lost, NoAddress, Privileged];

    public Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation) =>
        Task.FromResult(visit.Sight.Pid is { } pid ? OfRunning(visit.Home, pid) : OfConfigured(ConfigHints.Read(visit.Home.ConfigFile)));

    private CheckReport OfRunning(NetclawHome home, int pid)
    {
        if (EndpointSurvey.RunFileOf(home) is not { Endpoints: { IsDefaultOrEmpty: false } bound } run || run.Pid != pid)
        {
            return CheckReport.Skipped(Id, "the daemon has not said where it listens.");
        }

        var sockets = ListeningSockets.All().ToList();
        var lost = bound.Select(url => new Uri(url)).Where(url => IPEndPoint.TryParse(url.Authority, out var wanted) && !sockets.Exists(socket => socket.EndPoint.Equals(wanted))).ToList();
        return CheckReport.Of(Id, $"the daemon listens on {string.Join(", ", bound)}.", [.. lost.Select(url => Lost.Found($"Process {pid} said that it listens on {url.Authority}, and nobody does."))]);
    }

    private CheckReport OfConfigured(ConfigHints hints)
    {
        if (!IPAddress.TryParse(hints.Address, out var address) || hints.Port is < 0 or > 65535)
        {
            return CheckReport.Skipped(Id, "listen of netclaw.json is no address and port.");
        }

        var wanted = new IPEndPoint(address, hints.Port);
        ImmutableArray<DoctorFinding> findings = [.. Address(wanted), .. wanted.Port == 0 ? [] : Port(wanted)];
        return CheckReport.Of(Id, findings.IsEmpty ? wanted.Port == 0 ? $"a free port of {address} is taken at start." : $"{wanted} is free." : $"{wanted} cannot be taken.", findings);
    }

    private static IEnumerable<DoctorFinding> Address(IPEndPoint wanted)
    {
        var address = wanted.Address;
        if (!IPAddress.IsLoopback(address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
            && !NetworkInterface.GetAllNetworkInterfaces().SelectMany(each => each.GetIPProperties().UnicastAddresses).Any(each => each.Address.Equals(address)))
        {
            yield return NoAddress.Found($"netclaw.json says listen.address {address}, and no interface of this machine has it.");
        }
    }

    private static IEnumerable<DoctorFinding> Port(IPEndPoint wanted)
    {
        if (UserId.Current != UserId.Root && wanted.Port < FirstOrdinary())
        {
            yield return Privileged.Found($"Port {wanted.Port} needs a right that this user does not have by itself; a proxy may hold it instead.");
        }

        if (ListeningSockets.All().FirstOrDefault(socket => socket.Takes(wanted)) is { } held)
        {
            var who = ListeningSockets.HolderOf(held) is { } pid
                ? string.Create(CultureInfo.InvariantCulture, $"process {pid} ({Name(pid)})")
                : string.Create(CultureInfo.InvariantCulture, $"a process of user {held.Owner}");
            yield return Taken.Found($"{who} listens on {held.EndPoint}.", "<port>", wanted.Port.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static int FirstOrdinary() => Text("/proc/sys/net/ipv4/ip_unprivileged_port_start") is { } text && int.TryParse(text, CultureInfo.InvariantCulture, out var first) ? first : 1024;

    private static string Name(int pid) => Text($"/proc/{pid}/comm") ?? "gone meanwhile";

    private static string? Text(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
