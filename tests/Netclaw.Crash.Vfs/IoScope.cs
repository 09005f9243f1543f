using System.Collections.Immutable;
using Netclaw.Crash.Vfs.Faults;
using Netclaw.Crash.Vfs.Recording;

namespace Netclaw.Crash.Vfs;

/// <summary>
/// A directory whose files are watched: each change is recorded in one order, and one call may fail. Other directories of the process are left alone,
/// so that tests run beside each other. Calls within a scope come one at a time.
/// </summary>
public sealed class IoScope : IDisposable
{
    private static ImmutableArray<IoScope> _scopes = [];

    private readonly string _root;
    private readonly Lock _gate = new();
    private FaultPlan? _plan;

    private IoScope(string root) => _root = root + Path.DirectorySeparatorChar;

    public IoLog Log { get; } = new();

    /// <param name="root">Full path, without links.</param>
    public static IoScope Watch(string root)
    {
        var scope = new IoScope(Path.TrimEndingDirectorySeparator(root));
        ImmutableInterlocked.Update(ref _scopes, scopes => scopes.Add(scope));
        return scope;
    }

    /// <summary>From now on; null: nothing fails.</summary>
    public void Arm(FaultPlan? plan)
    {
        lock (_gate)
        {
            _plan = plan;
        }
    }

    /// <summary>A driver's mark, in order with the changes.</summary>
    public void Mark(object mark)
    {
        lock (_gate)
        {
            Log.Add(new IoEvent.Marked(mark));
        }
    }

    public void Dispose() => ImmutableInterlocked.Update(ref _scopes, scopes => scopes.Remove(this));

    internal static IoScope? Of(string path)
    {
        foreach (var scope in _scopes)
        {
            if (path.StartsWith(scope._root, StringComparison.Ordinal))
            {
                return scope;
            }
        }

        return null;
    }

    /// <summary>Makes one call, or fails it. <paramref name="make"/> is given the fault and records what it did.</summary>
    internal T Call<T>(IoKind kind, string path, Func<FaultKind?, IoLog, T> make)
    {
        lock (_gate)
        {
            var fault = _plan?.Next(kind, path);
            if (fault is not null)
            {
                Log.Add(new IoEvent.Failed(kind, path));
            }

            return make(fault, Log);
        }
    }
}
