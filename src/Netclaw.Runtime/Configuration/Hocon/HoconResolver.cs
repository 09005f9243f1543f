namespace Akka.Configuration.Hocon;

/// <summary>
/// Closes substitutions. Evaluation is lazy: a node is brought only to its outermost shape (text, list or fields), so a hidden
/// substitution is never looked at and an object may refer to its own parts. A reference that arrives at the field which is being
/// evaluated "looks back" to that field's earlier value (HOCON specification, "Self-referential substitutions").
/// </summary>
internal sealed class HoconResolver
{
    private readonly HoconFields _root;

    private HoconResolver(HoconFields root) => _root = root;

    public static HoconValue Resolve(HoconFields root)
    {
        try
        {
            return new HoconResolver(root).Materialise(root)!;
        }
        catch (Cycle cycle)
        {
            throw new ConfigurationException(cycle.Message);
        }
    }

    private HoconValue? Materialise(HoconNode node)
    {
        var shape = Evaluate(node);
        if (shape is HoconUndefined) return null;
        if (shape is HoconText text) return text.IsNull ? HoconValue.Null(text.Origin) : HoconValue.Text(text.Text, text.Quoted, text.Origin);
        if (shape.Evaluating) throw new Cycle(shape.Origin);
        shape.Evaluating = true;
        try
        {
            return shape is HoconList list ? List(list) : Object((HoconFields)shape);
        }
        finally
        {
            shape.Evaluating = false;
        }
    }

    private HoconValue List(HoconList list)
    {
        var items = new List<HoconValue>(list.Items.Count);
        foreach (var item in list.Items)
            if (Materialise(item) is { } value)
                items.Add(value);
        return HoconValue.List(items, list.Origin);
    }

    private HoconValue Object(HoconFields fields)
    {
        var result = new HoconObject();
        foreach (var (key, field) in fields.Fields)
            if (Materialise(field) is { } value)
                result[key] = value;
        return HoconValue.Object(result, fields.Origin);
    }

    private HoconNode Evaluate(HoconNode node)
    {
        if (node is HoconText or HoconList or HoconFields or HoconUndefined) return node;
        if (node.Evaluated is { } known) return known;
        if (node.Evaluating) return node is HoconOverlay self ? Evaluate(self.Under) : throw new Cycle(node.Origin);
        node.Evaluating = true;
        try
        {
            return node.Evaluated = node switch
            {
                HoconReference reference => Follow(reference),
                HoconConcat concat => HoconJoin.Join(concat, concat.Pieces.ConvertAll(Evaluate)),
                HoconOverlay overlay => Overlay(overlay),
                _ => throw new InvalidOperationException(node.GetType().Name),
            };
        }
        finally
        {
            node.Evaluating = false;
        }
    }

    private HoconNode Overlay(HoconOverlay overlay)
    {
        var over = Evaluate(overlay.Over);
        if (over is HoconUndefined) return Evaluate(overlay.Under);
        if (over is not HoconFields fields) return over;
        return Evaluate(overlay.Under) is HoconFields under ? HoconJoin.Merge(fields, under) : over;
    }

    private HoconNode Follow(HoconReference reference)
    {
        try
        {
            if (reference.Prefix.Length > 0 && Look([.. reference.Prefix, .. reference.Path]) is { } included) return included;
            if (Look(reference.Path) is { } found) return found;
        }
        catch (Cycle) when (reference.Optional)
        {
            return HoconUndefined.Instance;
        }

        var name = string.Join('.', reference.Path);
        if (Environment.GetEnvironmentVariable(name) is { } value) return new HoconText(reference.Origin, value, quoted: true);
        return reference.Optional
            ? HoconUndefined.Instance
            : throw reference.Origin.Error($"${{{HoconPath.Render(reference.Path)}}} finds no such key and no such environment variable. Write ${{?…}} if it is optional.");
    }

    private HoconNode? Look(string[] path)
    {
        HoconNode node = _root;
        foreach (var key in path)
        {
            if (Evaluate(node) is not HoconFields fields || !fields.Fields.TryGetValue(key, out var next)) return null;
            node = next;
        }

        return Evaluate(node) is var found and not HoconUndefined ? found : null;
    }

    private sealed class Cycle(HoconOrigin origin)
        : Exception($"{origin}the value refers to itself, directly or through other keys, and has no earlier value.");
}
