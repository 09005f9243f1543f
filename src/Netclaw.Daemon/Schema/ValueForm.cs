using System.Text.Json;
using System.Text.Json.Nodes;

namespace Netclaw.Daemon.Schema;

/// <summary>
/// One kind of value in netclaw.json: how it is read, written and described. Whatever <see cref="Shape"/> admits is read with problems of
/// <see cref="ConfigStage.Meaning"/> at most, so that a schema made of shapes and the reader cannot drift apart.
/// </summary>
internal abstract class ValueForm<T>
{
    public abstract KeyShape Shape { get; }

    /// <returns>False, with the problem added, when <paramref name="element"/> is none of these.</returns>
    public abstract bool TryRead(JsonElement element, ValuePlace place, out T value);

    /// <summary>As it would stand in the file; null for nothing.</summary>
    public abstract JsonNode? Write(T value);
}
