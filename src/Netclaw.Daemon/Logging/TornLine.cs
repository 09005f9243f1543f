namespace Netclaw.Daemon.Logging;

/// <summary>A line of which the file took only the beginning.</summary>
/// <param name="Line">Whole, with its line feed.</param>
/// <param name="Written">How many bytes of it are in the file.</param>
/// <param name="EndsAt">The file's size with them; null when nothing of it is in the file that is open now.</param>
internal sealed record TornLine(byte[] Line, int Written, ulong? EndsAt)
{
    /// <summary>For another file, or one that others have shortened. Null: only the line feed is missing, and nobody needs the line twice.</summary>
    public TornLine? Anew() => Written >= Line.Length - 1 ? null : new TornLine(Line, 0, null);

    /// <summary>Finds the line in which <paramref name="written"/> bytes of <paramref name="all"/> end.</summary>
    /// <param name="size">Of the file, with what was written.</param>
    /// <param name="resumed">The line whose rest is the first of <paramref name="all"/>, if that is how it begins.</param>
    /// <returns>The line, null when they end with a whole one, and where those begin of which nothing is written.</returns>
    public static (TornLine? Torn, int End) In(byte[] all, int written, ulong size, TornLine? resumed)
    {
        var start = all.AsSpan(0, written).LastIndexOf((byte)'\n') + 1;
        if (start == written)
        {
            return (null, written);
        }

        var end = written + all.AsSpan(written).IndexOf((byte)'\n') + 1;
        return start == 0 && resumed is not null
            ? (new TornLine(resumed.Line, resumed.Written + written, size), end)
            : (new TornLine(all[start..end], written - start, size), end);
    }
}
