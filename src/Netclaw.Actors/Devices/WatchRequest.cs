using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>To the registry: answered with <see cref="RegistryReply.Resolved"/> when <paramref name="Device"/>'s request is decided or has run out. Writes nothing.</summary>
public sealed record WatchRequest(long CommandId, PairingRequestId RequestId, DeviceId Device);
