using System.Collections.Immutable;
using System.Globalization;
using Netclaw.Cli.Kernel;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>Whether the clock stands before what was already written by it, and whether anybody keeps it right. Nothing is asked of the network.</summary>
internal sealed class ClockCheck : ICheck
{
    /// <summary>Codes live for minutes: a clock that went back by less than this lengthens none of them much.</summary>
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(2);

    private static readonly FindingKind Behind = new("clock_behind", Severity.Error, "The clock went back behind what was written by it: codes and grants live too long.", "timedatectl set-ntp true");
    private static readonly FindingKind Alone = new("clock_unsynchronized", Severity.Info, "The kernel says that nothing keeps its clock right.", "timedatectl set-ntp true");

    public string Id => "clock";

    public string Looks => "The system's clock against the journal's newest record and the home's files; whether the kernel counts it as synchronised.";

    public ImmutableArray<FindingKind> Kinds => [Behind, Alone];

    public Needs Needs => new(["journal"]);

    public async Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation)
    {
        var journal = (await visit.ExaminationOrNullAsync(cancellation))?.Journal;
        return Of(visit.Context.Now, Written(visit.Home, journal).OrderByDescending(each => each.At).FirstOrDefault(), KernelClock.IsSynchronized());
    }

    public CheckReport Of(DateTimeOffset now, (string What, DateTimeOffset At) newest, bool? synchronized)
    {
        ImmutableArray<DoctorFinding> findings =
        [
            .. newest.At - now <= Tolerated ? [] : (ReadOnlySpan<DoctorFinding>)
                [Behind.Found($"{newest.What} was written at {Text(newest.At)}, which is {Spoken.Span(newest.At - now)} ahead of the clock.")],
            .. synchronized is not false ? [] : (ReadOnlySpan<DoctorFinding>)[Alone.Found("The kernel says that nothing keeps its clock right.")],
        ];
        return CheckReport.Of(Id, $"{Text(now)}{(synchronized is true ? ", kept right" : "")}{(newest.What is null ? "" : $"; last written {Spoken.Span(now - newest.At)} ago")}.", findings);
    }

    private static IEnumerable<(string What, DateTimeOffset At)> Written(NetclawHome home, JournalFilesReport? journal)
    {
        foreach (var file in new[] { journal?.Journal, journal?.Snapshots })
        {
            if (file?.NewestMs is { } at)
            {
                yield return ($"The newest row of {file.File}", DateTimeOffset.FromUnixTimeMilliseconds(at));
            }
        }

        foreach (var path in new[] { home.GatewayMark, home.HostKey, home.ConfigFile, home.Profiles, home.DaemonLog })
        {
            if (FileFacts.OfPath(path) is { } facts)
            {
                yield return (path, DateTimeOffset.FromUnixTimeMilliseconds(facts.ModifiedNs / 1_000_000));
            }
        }
    }

    private static string Text(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
