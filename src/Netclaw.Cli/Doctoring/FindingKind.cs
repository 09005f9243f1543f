using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring;

/// <summary>A finding that a check can make: what is the same every time. docs/doctor.md lists them all.</summary>
/// <param name="Id">Stable, snake_case: a code of <c>netclaw explain</c> where there is one.</param>
/// <param name="Means">In a sentence, for the table.</param>
/// <param name="Remedy">One command. A word in angle brackets is filled in where the finding knows it.</param>
internal sealed record FindingKind(string Id, Severity Severity, string Means, string Remedy)
{
    /// <summary>Stands for a remedy that only the moment knows.</summary>
    public const string AnyCommand = "<command>";

    /// <param name="seen">What was seen this time, in a sentence.</param>
    /// <param name="place">A path, quoted for a shell, in place of <c>&lt;path&gt;</c>.</param>
    public DoctorFinding At(string seen, string place) => Found(seen, "<path>", LocalRemedy.Quoted(place));

    /// <param name="command">In place of <see cref="AnyCommand"/>.</param>
    public DoctorFinding Then(string seen, string command) => Found(seen, AnyCommand, command);

    /// <param name="value">As it is to be typed, in place of <paramref name="name"/>.</param>
    public DoctorFinding Found(string seen, string name, string value) => Found(seen) with { Remedy = Remedy.Replace(name, value, StringComparison.Ordinal) };

    public DoctorFinding Found(string seen) => new(Id, Severity, seen, Remedy);
}
