namespace Netclaw.Daemon.Configuration;

/// <summary>The known key that a mistyped one is nearest to, by edits (insert, delete, replace, swap of neighbours).</summary>
internal static class NearestKey
{
    /// <returns>Null when nothing is near enough to be meant: more than a third of the letters, and at least two, would change.</returns>
    public static string? To(string typed, IEnumerable<string> known)
    {
        var best = known
            .Select(key => (Key: key, Distance: Distance(typed.ToLowerInvariant(), key.ToLowerInvariant())))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Key is { } nearest && best.Distance <= Math.Max(2, Math.Max(typed.Length, nearest.Length) / 3) ? nearest : null;
    }

    private static int Distance(string from, string to)
    {
        var cost = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                cost[i, j] = (i, j) switch
                {
                    (_, 0) => i,
                    (0, _) => j,
                    _ => Math.Min(
                        Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1,
                        cost[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[from.Length, to.Length];
    }
}
