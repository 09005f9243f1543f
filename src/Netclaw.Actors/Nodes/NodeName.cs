using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes;

/// <summary>How callers name a node: the id of its device, as the gateway protocol writes it or as Netclaw does.</summary>
internal static class NodeName
{
    public static bool TryRead(string text, out DeviceId device) => DeviceId.TryParseHex(text, out device) || DeviceId.TryParse(text, out device);
}
