using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Transports;

/// <summary>One thing to be written, with about how many bytes it will be.</summary>
internal abstract record Outbound(int Bytes)
{
    private const int Frame = 64;

    public sealed record Answer(TaskCompletionSource<CallReply> Call, CallResponse Response) : Outbound(SizeOf(Response.Payload));

    public sealed record Event(string Name, JsonElement Payload) : Outbound(SizeOf(Payload));

    /// <summary>Nothing comes after it.</summary>
    public sealed record End() : Outbound(0);

    private static int SizeOf(JsonElement? payload) => Frame + (payload is { ValueKind: not JsonValueKind.Undefined } element
        ? System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element).Length
        : 0);
}
