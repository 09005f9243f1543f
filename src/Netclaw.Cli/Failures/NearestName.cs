namespace Netclaw.Cli.Failures;

/// <summary>What somebody probably meant: the candidate with the fewest edits (insert, delete, replace, swap neighbours), if those are few.</summary>
internal static class NearestName
{
    public static string? To(string typed, IEnumerable<string> candidates)
    {
        var budget = Math.Max(1, typed.Length / 3);
        return candidates
            .Select(candidate => (candidate, distance: Distance(typed.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(entry => entry.distance <= budget || (typed.Length >= 3 && entry.candidate.StartsWith(typed, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(entry => entry.distance).ThenBy(entry => entry.candidate, StringComparer.Ordinal)
            .Select(entry => entry.candidate).FirstOrDefault();
    }

    /// <summary>Optimal string alignment distance.</summary>
    internal static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= right.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[left.Length, right.Length];
    }
}
