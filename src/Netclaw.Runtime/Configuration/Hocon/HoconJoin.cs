using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Concatenation and merging of evaluated values.</summary>
internal static class HoconJoin
{
    public static HoconNode Join(HoconConcat concat, List<HoconNode> pieces)
    {
        var solid = pieces.FindAll(static piece => piece is not HoconUndefined and not HoconText { IsGap: true });
        if (solid.Count == 0) return HoconUndefined.Instance;
        if (solid.Exists(static piece => piece is HoconList)) return JoinLists(concat, solid);
        if (solid.Exists(static piece => piece is HoconFields)) return JoinObjects(concat, solid);
        return JoinText(concat, pieces);
    }

    /// <summary>The fields of both; where both have a key, the later value over the earlier, evaluated when someone looks.</summary>
    public static HoconFields Merge(HoconFields over, HoconFields under)
    {
        var merged = new HoconFields(over.Origin);
        foreach (var (key, value) in under.Fields) merged.Fields[key] = value;
        foreach (var (key, value) in over.Fields)
            merged.Fields[key] = merged.Fields.TryGetValue(key, out var earlier) && !ReferenceEquals(earlier, value)
                ? new HoconOverlay(value, earlier)
                : value;
        return merged;
    }

    /// <summary>An object whose keys are whole numbers, as a list in their order; null if it is none.</summary>
    public static HoconList? AsList(HoconFields fields)
    {
        var numbered = new SortedDictionary<int, HoconNode>();
        foreach (var (key, value) in fields.Fields)
            if (int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                numbered[index] = value;
        return numbered.Count == 0 ? null : new HoconList(fields.Origin, [.. numbered.Values]);
    }

    private static HoconNode JoinObjects(HoconConcat concat, List<HoconNode> pieces)
    {
        var joined = (HoconFields?)null;
        foreach (var piece in pieces)
        {
            if (piece is not HoconFields fields)
                throw concat.Origin.Error("an object and a plain value stand one after another; they cannot be joined.");
            joined = joined is null ? fields : Merge(fields, joined);
        }

        return joined!;
    }

    private static HoconList JoinLists(HoconConcat concat, List<HoconNode> pieces)
    {
        var items = new List<HoconNode>();
        foreach (var piece in pieces)
        {
            var list = piece as HoconList ?? (piece is HoconFields fields ? AsList(fields) : null);
            if (list is null) throw concat.Origin.Error("a list and something else stand one after another; they cannot be joined.");
            items.AddRange(list.Items);
        }

        return new HoconList(concat.Origin, items);
    }

    private static HoconText JoinText(HoconConcat concat, List<HoconNode> pieces)
    {
        if (pieces.Count == 1) return (HoconText)pieces[0];
        var text = new StringBuilder();
        foreach (var piece in pieces)
            if (piece is HoconText part)
                text.Append(part.Text);
        return new HoconText(concat.Origin, text.ToString(), quoted: true);
    }
}
