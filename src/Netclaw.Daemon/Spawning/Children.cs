using System.ComponentModel;
using Netclaw.Protocol.Processes;

namespace Netclaw.Daemon.Spawning;

/// <summary>Every program that this daemon starts for runs, jobs and agents is started here: marked as its home's, and none once the daemon goes.</summary>
internal sealed class Children(ChildMark mark)
{
    private readonly Lock _gate = new();
    private bool _closed;

    /// <inheritdoc cref="ProcessGroup.Start"/>
    public ProcessGroup Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string directory, bool withInput = false, (uint User, uint Group)? runAs = null)
    {
        var marked = new Dictionary<string, string>(environment) { [ChildMark.Name] = mark.Value };
        lock (_gate)
        {
            return _closed ? throw new Win32Exception("the gateway is stopping") : ProcessGroup.Start(program, arguments, marked, directory, withInput, runAs);
        }
    }

    /// <summary>None begins any more, and what lives is waited for, and ended.</summary>
    public ChildrenEnded Close()
    {
        lock (_gate)
        {
            _closed = true;
        }

        return new ChildFamily(mark).EndGently();
    }
}
