using Netclaw.Protocol;

namespace Netclaw.Daemon.Secrets;

/// <summary>Tells when a file has to be read again: its inode, size or times are others than before. Not thread-safe.</summary>
internal sealed class FileSight(string path, TimeProvider time)
{
    /// <summary>The kernel's clock of files moves in steps: a file that has just been seen to change may change again without a trace.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(100);

    private FileFacts? _seen;
    private long _seenAt;

    /// <summary>True the first time, after each change, for a moment after that, and while nothing can be seen.</summary>
    public bool IsNew()
    {
        var facts = Look();
        if (facts != _seen)
        {
            _seen = facts;
            _seenAt = time.GetTimestamp();
        }

        return facts is null || time.GetElapsedTime(_seenAt) < Settled;
    }

    private FileFacts? Look()
    {
        try
        {
            return FileFacts.OfPath(path);
        }
        catch (IOException)
        {
            return null; // reading it says why
        }
    }
}
