using System.Text.Json;

namespace Netclaw.Protocol.Frames;

/// <summary>An event that many connections hear. The protocol's form of it is made once for all of them, by whoever needs it first. Thread-safe.</summary>
/// <param name="payload">Netclaw's own form.</param>
public sealed class SharedEvent(string name, JsonElement payload, StateVersion? version = null)
{
    private readonly Lazy<EventFrame?> _frame = new(() => CallForms.Event(name, payload) is { } form ? EventFrame.Of(name, form, version) : null);

    public string Name => name;

    public JsonElement Payload => payload;

    /// <summary>Null for what protocol clients do not know.</summary>
    public EventFrame? Frame => _frame.Value;
}
