using System.Collections.Concurrent;

namespace Netclaw.Runtime.Sql.Store;

/// <summary>
/// Remembers, for the life of the process, which databases had a failed flush: after one, the operating system may have dropped
/// dirty pages while calling them clean, so no later success can be believed. Closing and reopening does not forgive.
/// </summary>
internal static class StoppedStores
{
    private static readonly ConcurrentDictionary<string, Exception> First = new(StringComparer.Ordinal);

    public static Exception? Cause(string database) => First.GetValueOrDefault(database);

    /// <summary>Records the first failure; later ones are consequences. Returns the first.</summary>
    public static Exception Stop(string database, Exception cause) => First.GetOrAdd(database, cause);
}
