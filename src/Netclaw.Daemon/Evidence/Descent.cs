namespace Netclaw.Daemon.Evidence;

/// <summary>
/// Whether one process descends from another. The ancestor is a child subreaper (<see cref="Subreaper"/>), so orphans of its
/// descendants come back to it and the chain of parents stays whole.
/// </summary>
public static class Descent
{
    internal const int Deepest = 4096;

    /// <returns>
    /// Null when it cannot be told: the process is gone, or the chain changed while it was walked. A process is not its own descendant.
    /// </returns>
    public static bool? DescendsFrom(int process, int ancestor, IProcessTable table)
    {
        if (process <= 0)
        {
            // Named by the kernel as 0: it lives in a pid namespace that cannot be seen from here.
            return null;
        }

        if (process == ancestor)
        {
            return false;
        }

        var child = process;
        var seen = table.Find(child);
        for (var depth = 0; depth < Deepest && seen is { } stat; depth++)
        {
            if (stat.Parent == ancestor)
            {
                return table.Find(child) == stat ? true : null;
            }

            if (stat.Parent <= 1)
            {
                return table.Find(child) == stat ? false : null;
            }

            var parent = table.Find(stat.Parent);
            // The same child with the same parent as before, and a parent older than it: no pid was given away in between.
            if (parent is not { } older || older.StartTime > stat.StartTime || table.Find(child) != stat)
            {
                return null;
            }

            child = stat.Parent;
            seen = parent;
        }

        return null;
    }
}
