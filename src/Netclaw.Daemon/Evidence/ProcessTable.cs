using System.Globalization;

namespace Netclaw.Daemon.Evidence;

/// <summary>The processes of this machine, as far as descent needs them.</summary>
public interface IProcessTable
{
    /// <summary>Null when there is no such process, or it cannot be looked at.</summary>
    ProcStat? Find(int pid);
}

/// <summary>Reads /proc.</summary>
public sealed class ProcessTable : IProcessTable
{
    private const int LongestStat = 4096;

    public ProcStat? Find(int pid)
    {
        try
        {
            using var handle = File.OpenHandle(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            Span<byte> bytes = stackalloc byte[LongestStat];
            Span<char> text = stackalloc char[LongestStat];
            var length = System.Text.Encoding.Latin1.GetChars(bytes[..RandomAccess.Read(handle, bytes, fileOffset: 0)], text);
            return ProcStat.TryParse(text[..length], out var stat) ? stat : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
