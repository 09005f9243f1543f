using System.Globalization;

namespace Netclaw.Daemon.Evidence;

/// <summary>What <c>/proc/&lt;pid&gt;/stat</c> says of one process (proc(5)): enough to know it again and to find its parent.</summary>
/// <param name="StartTime">Clock ticks since boot; a pid together with it names one process for good.</param>
public readonly record struct ProcStat(int Parent, ulong StartTime)
{
    private const int ParentField = 1;
    private const int StartTimeField = 19;

    /// <summary>The command name stands in parentheses and may itself hold parentheses, blanks and digits: fields count from the last one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ProcStat stat)
    {
        stat = default;
        var end = text.LastIndexOf(')');
        if (end < 0)
        {
            return false;
        }

        var parent = 0;
        var haveParent = false;
        var index = 0;
        var fields = text[(end + 1)..].Trim();
        foreach (var range in fields.Split(' '))
        {
            var field = fields[range];
            if (index == ParentField)
            {
                haveParent = int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out parent);
            }
            else if (index == StartTimeField)
            {
                var haveStart = ulong.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var start);
                stat = new ProcStat(parent, start);
                return haveParent && haveStart;
            }

            index++;
        }

        return false;
    }
}
