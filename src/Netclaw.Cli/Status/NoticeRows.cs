using System.Collections.Immutable;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Status;

/// <summary>What the running daemon's owner was warned about and opted into, in the status: the first sentences, or all.</summary>
internal static class NoticeRows
{
    private const int First = 2;

    public static Sheet Add(Sheet sheet, StartNotices? notices, bool all)
    {
        if (notices is null)
        {
            return sheet;
        }

        if (!all)
        {
            return sheet.Add("warnings", Short(notices.Warnings, warning => $"{warning.Key}: {warning.Message}")).Add("opt-ins", Short(notices.OptIns, optIn => optIn.Key + ";"));
        }

        Whole(sheet, "warnings", notices.Warnings);
        Whole(sheet, "opt-ins", notices.OptIns);
        return notices.LeftOut == 0 ? sheet : sheet.Add("", $"and {notices.LeftOut} more: netclaw config check");
    }

    private static string? Short(ImmutableArray<StartNotice> notices, Func<StartNotice, string> said) => notices.IsEmpty
        ? null
        : $"{notices.Length}; {string.Join(' ', notices.Take(First).Select(said))} {(notices.Length > First ? "…, all" : "more")}: netclaw status --verbose";

    private static void Whole(Sheet sheet, string name, ImmutableArray<StartNotice> notices)
    {
        foreach (var notice in notices)
        {
            sheet.Add(name, $"{notice.Key}{(notice.Value is { } value ? $" = {value}" : "")}: {notice.Message} {notice.Remedy}");
            name = "";
        }
    }
}
