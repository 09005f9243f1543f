using System.Globalization;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>Medians and percentiles, and the one way results are printed.</summary>
internal static class Figures
{
    public static double Median(IEnumerable<double> values) => Percentile(values, 50);

    /// <summary>Nearest rank.</summary>
    public static double Percentile(IEnumerable<double> values, double percent)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(sorted.Length * percent / 100) - 1 is var rank && rank < 0 ? 0 : rank)];
    }

    public static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    public static void Summary(string what, IReadOnlyCollection<double> runs, string unit) =>
        Line($"{what,-52} median {Median(runs),10:N1} {unit,-6} (min {runs.Min():N1}, max {runs.Max():N1}, n={runs.Count})");
}
