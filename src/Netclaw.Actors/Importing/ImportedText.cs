using System.Collections.Immutable;
using System.Globalization;
using Netclaw.Protocol;

namespace Netclaw.Actors.Importing;

/// <summary>What an import came to, in one line for the audit.</summary>
internal static class ImportedText
{
    public static string Of(ImmutableArray<ImportRow> rows) => string.Create(CultureInfo.InvariantCulture,
        $"{rows.Count(row => row.Outcome == ImportRow.Kept)} kept, {rows.Count(row => row.Outcome == ImportRow.Present)} here already, {rows.Count(row => row.Outcome == ImportRow.NotKept)} not kept");
}
