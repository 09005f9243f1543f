namespace Netclaw.Cli.Doctoring;

/// <summary>One thing that a doctor looks at. Changes nothing.</summary>
internal interface ICheck
{
    /// <summary>Stable: <c>--only</c> and <c>--skip</c> name it.</summary>
    string Id { get; }

    /// <exception cref="Failures.CommandFailure">What it needs cannot be had; the doctor makes a finding of it.</exception>
    Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation);
}
