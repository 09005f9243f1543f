using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Netclaw.Daemon.Evidence;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Spawning;

/// <summary>
/// Names, in the environment of every program that a daemon starts, the home that it belongs to: by it a program is known again when its daemon was killed and nothing else ties the two together. It is no secret,
/// opens nothing, and says no more than that its bearer is a child.
/// </summary>
public sealed class ChildMark
{
    public const string Name = "NETCLAW_CHILD_OF";

    private const int MostLooks = 100;
    private const int Piece = 256 * 1024;

    // proc(5), stat: fields 27, 50 and 51, counted from the one behind the command's name.
    private const int CodeEnd = 24;
    private const int EnvironmentStart = 47;
    private const int EnvironmentEnd = 48;
    private const string Nowhere = "0";

    private readonly byte[] _line;
    private readonly Action _pause;

    /// <param name="pause">Replaces what passes the time between two looks, for tests.</param>
    public ChildMark(string value, Action? pause = null)
    {
        Value = value;
        _pause = pause ?? (static () => PidFd.Pause(TimeSpan.FromMilliseconds(1)));
        _line = Encoding.ASCII.GetBytes($"{Name}={value}");
    }

    public string Value { get; }

    /// <summary>The lock file is what makes a home one home on this machine: it is never replaced, and a copy of a home has another one.</summary>
    /// <exception cref="IOException">There is no lock file.</exception>
    public static ChildMark Of(NetclawHome home)
    {
        var file = FileFacts.OfPath(home.LockFile) ?? throw new IOException($"there is no {home.LockFile}");
        return new ChildMark(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{file.Device}:{file.Inode}"))).AsSpan(0, 8)));
    }

    /// <summary>Whether a process is known to have been begun with this mark.</summary>
    public bool IsOn(int process) => Look(process) is true;

    /// <summary>Whether a process, or one that it descends from, was begun with this mark; null when it cannot be told, because the chain changed while it was walked.</summary>
    public bool? IsInFamilyOf(int process, IProcessTable table)
    {
        var (each, seen) = (process, table.Find(process));
        for (var depth = 0; depth < Descent.Deepest && seen is { } stat; depth++)
        {
            if (Look(each) is not false and var marked)
            {
                return marked;
            }

            if (stat.Parent <= 1)
            {
                return table.Find(each) == stat ? false : null;
            }

            var parent = table.Find(stat.Parent);
            if (parent is not { } older || older.StartTime > stat.StartTime || table.Find(each) != stat)
            {
                return null;
            }

            (each, seen) = (stat.Parent, parent);
        }

        return null;
    }

    /// <summary>One that cannot be looked into was begun by somebody else.</summary>
    /// <returns>Null: it was becoming another program for as long as it was looked at.</returns>
    private bool? Look(int process)
    {
        try
        {
            // In the middle of execve(2) a process has a program, and for a moment no environment: that alone is worth waiting for, and does not take long.
            for (var look = 0; look < MostLooks; look++)
            {
                if (IsIn(process) is { } found)
                {
                    return found;
                }

                if (HasNone(process))
                {
                    return false;
                }

                _pause();
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// Where its environment lies is known and nothing is there (<c>env -i</c>); or it has ended, or is the kernel's, and has no program either. While the kernel lays out what a new program is given, the
    /// environment has its place and no length: it is done once it has said where the code ends.
    /// </summary>
    private static bool HasNone(int process)
    {
        var stat = File.ReadAllText(Way(process, "stat"));
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > EnvironmentEnd && fields[EnvironmentEnd] != Nowhere
            ? fields[EnvironmentStart] == fields[EnvironmentEnd] && fields[CodeEnd] != Nowhere
            : new FileInfo(Way(process, "exe")).LinkTarget is null;
    }

    /// <summary>Null: the environment is empty. Read in one piece wherever it fits, for a process that becomes another program ends what is read of it in pieces.</summary>
    private bool? IsIn(int process)
    {
        using var file = File.OpenHandle(Way(process, "environ"));
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            var length = 0;
            while (RandomAccess.Read(file, buffer.AsSpan(length), length) is > 0 and var read)
            {
                if ((length += read) == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.CopyTo(larger, 0);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }

            var text = buffer.AsSpan(0, length);
            return length == 0 ? null : text.StartsWith(_line) || text.IndexOf((byte[])[0, .. _line]) >= 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static string Way(int process, string what) => string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{what}");
}
