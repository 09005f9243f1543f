using System.Text;
using Netclaw.Actors.Journal.Auditing;

namespace Netclaw.Daemon.Tests.Journal;

/// <param name="Sequences">One of them is the first bad place, whichever of two ways of saying it is taken.</param>
internal sealed record Tampered(string What, List<StoredRecord> Rows, params long[] Sequences)
{
    public override string ToString() => What;
}

/// <summary>What can be done to the rows of a journal without its key.</summary>
internal static class Tampering
{
    /// <summary>Every bit of every field that the envelope or the table's meaning covers.</summary>
    public static IEnumerable<Tampered> Bits(List<StoredRecord> rows)
    {
        for (var at = 0; at < rows.Count; at++)
        {
            var row = rows[at];
            foreach (var (bit, message) in Flips(row.Message.ToArray()))
            {
                yield return With(rows, at, row with { Message = message }, $"message bit {bit}");
            }

            foreach (var (bit, text) in Flips(Encoding.UTF8.GetBytes(row.Manifest)))
            {
                yield return With(rows, at, row with { Manifest = Encoding.UTF8.GetString(text) }, $"manifest bit {bit}");
            }

            foreach (var (bit, text) in Flips(Encoding.UTF8.GetBytes(row.PersistenceId)))
            {
                yield return With(rows, at, row with { PersistenceId = Encoding.UTF8.GetString(text) }, $"persistence id bit {bit}");
            }

            for (var bit = 0; bit < 64; bit++)
            {
                yield return With(rows, at, row with { Sequence = row.Sequence ^ (1L << bit) }, $"sequence bit {bit}");
            }

            for (var bit = 0; bit < 32; bit++)
            {
                yield return With(rows, at, row with { Identifier = row.Identifier ^ (1L << bit) }, $"identifier bit {bit}");
            }

            yield return With(rows, at, row with { Deleted = true }, "deleted");
        }
    }

    /// <summary>Whole records: dropped, swapped, written again elsewhere, and the end cut off.</summary>
    /// <param name="foreign">Of another journal with the same key.</param>
    public static IEnumerable<Tampered> Records(List<StoredRecord> rows, List<StoredRecord> foreign)
    {
        for (var at = 0; at < rows.Count; at++)
        {
            var row = rows[at];
            yield return new Tampered($"dropped {row.PersistenceId} {row.Sequence}", [.. rows[..at], .. rows[(at + 1)..]], row.Sequence);
            yield return new Tampered($"cut off from {row.PersistenceId} {row.Sequence}",
                [.. rows.Where(each => each.PersistenceId != row.PersistenceId || each.Sequence < row.Sequence)], row.Sequence);
            for (var other = at + 1; other < rows.Count; other++)
            {
                var (a, b) = (row, rows[other]);
                var swapped = rows.ToList();
                swapped[at] = a with { Message = b.Message, Manifest = b.Manifest };
                swapped[other] = b with { Message = a.Message, Manifest = a.Manifest };
                yield return new Tampered($"swapped {a.PersistenceId} {a.Sequence} with {b.PersistenceId} {b.Sequence}", swapped, a.Sequence, b.Sequence);
                yield return With(rows, other, b with { Message = a.Message, Manifest = a.Manifest }, $"replayed {a.PersistenceId} {a.Sequence} at");
            }

            foreach (var id in rows.Select(each => each.PersistenceId).Distinct().ToArray())
            {
                var end = rows.Where(each => each.PersistenceId == id).Max(each => each.Sequence) + 1;
                yield return new Tampered($"{row.PersistenceId} {row.Sequence} again at the end of {id}",
                    Sorted([.. rows, row with { PersistenceId = id, Sequence = end, Ordering = rows.Max(each => each.Ordering) + 1 }]), end);
            }

            if (foreign.FirstOrDefault(each => each.PersistenceId == row.PersistenceId && each.Sequence == row.Sequence) is { } theirs)
            {
                // The first record of a chain hangs on nothing: under the same key another first record is sound, and the second shows that it is not the one.
                var replaced = rows.ToList();
                replaced[at] = row with { Message = theirs.Message, Manifest = theirs.Manifest };
                yield return new Tampered($"of another journal with this key at {row.PersistenceId} {row.Sequence}", replaced, row.Sequence, row.Sequence == 1 ? 2 : row.Sequence);
            }
        }
    }

    public static List<StoredRecord> Sorted(IEnumerable<StoredRecord> rows) =>
        [.. rows.OrderBy(row => row.PersistenceId, StringComparer.Ordinal).ThenBy(row => row.Sequence).ThenBy(row => row.Ordering)];

    private static Tampered With(List<StoredRecord> rows, int at, StoredRecord changed, string what)
    {
        var row = rows[at];
        var tampered = rows.ToList();
        tampered[at] = changed;
        return new Tampered($"{what} of {row.PersistenceId} {row.Sequence}", Sorted(tampered), row.Sequence, changed.Sequence);
    }

    private static IEnumerable<(int Bit, byte[] Bytes)> Flips(byte[] bytes)
    {
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var flipped = bytes.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return (bit, flipped);
        }
    }
}
