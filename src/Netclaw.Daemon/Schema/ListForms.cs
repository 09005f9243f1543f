using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Netclaw.Daemon.Schema;

/// <summary>An array of one kind of value.</summary>
internal sealed class ListForm<T>(ValueForm<T> item) : ValueForm<ImmutableArray<T>>
{
    public override KeyShape Shape { get; } = new KeyShape.List(item.Shape);

    /// <summary>Every wrong item is told; the others are kept.</summary>
    public override bool TryRead(JsonElement element, ValuePlace place, out ImmutableArray<T> value)
    {
        value = [];
        if (element.ValueKind != JsonValueKind.Array)
        {
            return place.WrongShape(element, "This must be a list.", "Write [ … ], also around a single entry.");
        }

        var items = ImmutableArray.CreateBuilder<T>();
        var index = 0;
        foreach (var entry in element.EnumerateArray())
        {
            if (item.TryRead(entry, place.Item(index++), out var read))
            {
                items.Add(read);
            }
        }

        value = items.ToImmutable();
        return true;
    }

    public override JsonNode? Write(ImmutableArray<T> value) => new JsonArray([.. value.Select(item.Write)]);
}

/// <summary>An object whose keys are names that people choose.</summary>
internal sealed class MapForm<T>(ValueForm<T> entry) : ValueForm<FrozenDictionary<string, T>>
{
    public override KeyShape Shape { get; } = new KeyShape.Map(entry.Shape);

    public override bool TryRead(JsonElement element, ValuePlace place, out FrozenDictionary<string, T> value)
    {
        value = FrozenDictionary<string, T>.Empty;
        if (element.ValueKind != JsonValueKind.Object)
        {
            return place.WrongShape(element, "This must be an object.", "Write { … }.");
        }

        var entries = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (entry.TryRead(property.Value, place.Entry(property.Name), out var read) && !entries.TryAdd(property.Name, read))
            {
                place.Entry(property.Name).WrongText(ConfigStage.Duplicate, ValuePlace.Raw(property.Value), "This key stands twice.", "Keep one of them.");
            }
        }

        value = entries.ToFrozenDictionary(StringComparer.Ordinal);
        return true;
    }

    public override JsonNode? Write(FrozenDictionary<string, T> value) => new JsonObject(value
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => KeyValuePair.Create(pair.Key, entry.Write(pair.Value))));
}

/// <summary>A list that means one value as a whole.</summary>
internal sealed class GatheredForm<TItem, T>(ValueForm<TItem> item, Func<ImmutableArray<TItem>, T> gather, Func<T, IEnumerable<TItem>> scatter) : ValueForm<T>
{
    private readonly ListForm<TItem> _list = new(item);

    public override KeyShape Shape => _list.Shape;

    public override bool TryRead(JsonElement element, ValuePlace place, out T value)
    {
        var isList = _list.TryRead(element, place, out var items);
        value = gather(items);
        return isList;
    }

    public override JsonNode? Write(T value) => _list.Write([.. scatter(value)]);
}
