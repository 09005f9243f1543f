using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Lifetime;

/// <summary>Whether standard error is the systemd journal: <c>JOURNAL_STREAM</c> names the stream that was made for it, and what inherits the variable may have another one (systemd.exec(5)).</summary>
internal static class JournalStream
{
    public const string Variable = "JOURNAL_STREAM";

    private const int StandardErrorDescriptor = 2;

    public static bool IsStandardError(Func<string, string?> environment)
    {
        if (environment(Variable) is not { Length: > 0 } named)
        {
            return false;
        }

        using var handle = new SafeFileHandle(StandardErrorDescriptor, ownsHandle: false);
        try
        {
            return named == NameOf(FileFacts.OfHandle(handle));
        }
        catch (IOException)
        {
            // It is closed.
            return false;
        }
    }

    /// <summary>Device and inode as <c>stat -c %d:%i</c> writes them.</summary>
    private static string NameOf(FileFacts facts)
    {
        var (major, minor) = (facts.Device >> 32, facts.Device & uint.MaxValue);
        // makedev(3).
        var device = ((major & ~0xffful) << 32) | ((major & 0xffful) << 8) | ((minor & ~0xfful) << 12) | (minor & 0xfful);
        return string.Create(CultureInfo.InvariantCulture, $"{device}:{facts.Inode}");
    }
}
