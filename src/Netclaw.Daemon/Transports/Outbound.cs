using System.Text.Json;
using Netclaw.Protocol;
using Netclaw.Protocol.Frames;

namespace Netclaw.Daemon.Transports;

/// <summary>One thing to be written, with about how many bytes it will be.</summary>
internal abstract record Outbound(int Bytes)
{
    private const int Frame = 64;

    /// <summary>Nothing comes after it.</summary>
    public virtual bool IsLast => false;

    public sealed record Answer(TaskCompletionSource<CallReply> Call, CallResponse Response) : Outbound(SizeOf(Response.Payload));

    public sealed record Event(string Name, JsonElement Payload) : Outbound(SizeOf(Payload));

    /// <summary>One whole message of the gateway protocol.</summary>
    public sealed record Message(ReadOnlyMemory<byte> Utf8) : Outbound(Utf8.Length);

    /// <summary>An event of the gateway protocol, with this connection's number.</summary>
    public sealed record Numbered(EventFrame Said, long Sequence) : Outbound(Said.Head.Length + EventFrame.TailBytes);

    public sealed record End() : Outbound(0)
    {
        public override bool IsLast => true;
    }

    /// <summary>A WebSocket's close frame.</summary>
    public sealed record Close(int Code, string Reason) : Outbound(0)
    {
        public override bool IsLast => true;
    }

    private static int SizeOf(JsonElement? payload) => Frame + (payload is { ValueKind: not JsonValueKind.Undefined } element
        ? System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element).Length
        : 0);
}
