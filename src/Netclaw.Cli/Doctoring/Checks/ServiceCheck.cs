using System.Collections.Immutable;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Processes;
using Netclaw.Cli.Service;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>The systemd unit that starts this home's daemon, if one is installed: by its file and the links that enable it, so that no manager need run.</summary>
internal sealed class ServiceCheck : ICheck
{
    private static readonly FindingKind NoProgram = new("service_program_missing", Severity.Error, "The unit starts a program that is not there.", "netclaw daemon install --force");
    private static readonly FindingKind OtherProgram = new("service_program_other", Severity.Warning, "The unit starts another netclawd than this netclaw does.", "netclaw daemon install --force");
    private static readonly FindingKind OtherHome = new("service_home_other", Severity.Info, "A unit is installed for another home; this one has none.", "netclaw daemon install --print");
    private static readonly FindingKind Disabled = new("service_disabled", Severity.Warning, "The unit is installed and not enabled: after a restart of the machine nothing is served.", FindingKind.AnyCommand);

    public string Id => "service";

    public string Looks => "netclaw.service of this user and of the system: installed for this home, its program there and this one, enabled.";

    public ImmutableArray<FindingKind> Kinds => [NoProgram, OtherProgram, OtherHome, Disabled];

    public Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation)
    {
        var environment = visit.Context.Host.Environment;
        var installed = new[] { ServicePlace.User(environment), ServicePlace.System() }.Where(place => File.Exists(place.File)).ToList();
        ImmutableArray<DoctorFinding> findings = [.. installed.SelectMany(place => Of(place, visit.Home.Root, Program(visit)))];
        return Task.FromResult(CheckReport.Of(Id, installed.Count == 0 ? "no unit is installed." : $"{string.Join(", ", installed.Select(place => place.File))}.", findings));
    }

    private static IEnumerable<DoctorFinding> Of(ServicePlace place, string home, string? program)
    {
        var unit = StartLine.Of(File.ReadLines(place.File));
        if (unit is null || unit.Home != home)
        {
            yield return OtherHome.Found($"{place.File} runs the gateway on {unit?.Home ?? "a home that it does not name"}.");
            yield break;
        }

        if (!File.Exists(unit.Program))
        {
            yield return NoProgram.Found($"{place.File} starts {unit.Program}, which is not there.");
        }
        else if (program is not null && unit.Program != program)
        {
            yield return OtherProgram.Found($"{place.File} starts {unit.Program}; this netclaw starts {program}.");
        }

        if (!Directory.EnumerateDirectories(Path.GetDirectoryName(place.File)!, "*.wants").Any(wants => Path.Exists(Path.Combine(wants, ServicePlace.Name)) || IsLink(Path.Combine(wants, ServicePlace.Name))))
        {
            yield return Disabled.Then($"{place.File} is installed, and no target wants it.", string.Join(' ', place.Control("enable", ServicePlace.Name)));
        }
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private static string? Program(DoctorVisit visit)
    {
        try
        {
            return DaemonExecutable.Find(visit.Context.Host.Environment, visit.Context.Host.BaseDirectory);
        }
        catch (CommandFailure)
        {
            return null; // Those who need it say so.
        }
    }
}
