using System.Collections.Immutable;

namespace Netclaw.Cli.Doctoring;

/// <summary>One thing that a doctor looks at. Changes nothing.</summary>
internal interface ICheck
{
    /// <summary>Stable: <c>--only</c> and <c>--skip</c> name it.</summary>
    string Id { get; }

    /// <summary>What it looks at, for the table of docs/doctor.md.</summary>
    string Looks { get; }

    /// <summary>Every finding that it can make of its own.</summary>
    ImmutableArray<FindingKind> Kinds { get; }

    /// <summary>What is asked for before the first check runs, because it takes long.</summary>
    Needs Needs => Needs.Nothing;

    /// <exception cref="Failures.CommandFailure">What it needs cannot be had; the doctor makes a finding of it.</exception>
    /// <exception cref="IOException">It could not look; likewise.</exception>
    Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation);
}

/// <summary>What a check asks of others than the file system.</summary>
/// <param name="Sections">Of netclawd's own look at the home: members of <see cref="Examination"/>, as netclawd names them.</param>
/// <param name="Status">The running daemon's status.</param>
internal sealed record Needs(ImmutableArray<string> Sections, bool Status = false)
{
    public static Needs Nothing { get; } = new([]);

    public Needs And(Needs other) => new([.. Sections.Union(other.Sections)], Status || other.Status);
}
