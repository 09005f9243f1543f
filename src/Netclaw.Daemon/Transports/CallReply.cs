using System.Text.Json;
using System.Text.Json.Serialization;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Transports;

/// <summary>What a hub call returns: the answer, and a sign that the hub has written it. The hub writes an answer when it gets round to it; whoever has more to say waits for the sign.</summary>
[JsonConverter(typeof(CallReplyConverter))]
public sealed class CallReply(CallResponse response)
{
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CallResponse Response => response;

    /// <summary>Completes under the hub's write lock: what is written after it comes after it. Never completes for a client that wanted no answer.</summary>
    public Task Written => _written.Task;

    internal void HasBeenWritten() => _written.TrySetResult();
}

/// <summary>Writes the answer alone.</summary>
internal sealed class CallReplyConverter : JsonConverter<CallReply>
{
    public override CallReply Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("answers are only written");

    public override void Write(Utf8JsonWriter writer, CallReply value, JsonSerializerOptions options)
    {
        JsonSerializer.Serialize(writer, value.Response, ProtocolJson.Default.CallResponse);
        value.HasBeenWritten();
    }
}

[JsonSerializable(typeof(CallReply))]
internal sealed partial class CallReplyJson : JsonSerializerContext;
