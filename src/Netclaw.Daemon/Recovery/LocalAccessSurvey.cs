using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Recovery;
using Netclaw.Daemon.Keys;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Recovery;

/// <summary>Gathers the facts of the state table: the key files as they are on disk at this moment, and the registry as it was read. Reads only.</summary>
internal static class LocalAccessSurvey
{
    /// <param name="registry">Null where no journal was read.</param>
    public static LocalAccessFacts Of(NetclawHome home, JournalFact journal, RegistrySnapshot? registry, LockFact held) => new()
    {
        Journal = journal,
        Bootstrap = registry?.Bootstrap ?? BootstrapPhase.NotStarted,
        OtherDevices = registry?.Devices.Values.Count(device => device is { IsRevoked: false, Kind: not DeviceKind.Host }) ?? 0,
        HostDevice = HostDevice(registry),
        HostKey = HostKey(home),
        Mark = Mark(home),
        Lock = held,
        Unfinished = Unfinished.Of(home),
        Prepared = registry?.PreparedHost,
    };

    private static HostDeviceFact HostDevice(RegistrySnapshot? registry)
    {
        if (registry?.Host is { } standing)
        {
            return new HostDeviceFact.Standing(standing);
        }

        var last = registry?.Devices.Values.Where(device => device is { Kind: DeviceKind.Host, IsRevoked: true }).MaxBy(device => device.RevokedAt);
        return last is null ? new HostDeviceFact.None() : new HostDeviceFact.Revoked(last.Id);
    }

    public static HostKeyFact HostKey(NetclawHome home)
    {
        switch (KeyFile.Load(home.HostKey))
        {
            case KeyFileResult.Loaded loaded:
                using (loaded.Key)
                {
                    return new HostKeyFact.Held(loaded.Key.Public.DeviceId);
                }

            case KeyFileResult.Problem problem:
                return new HostKeyFact.Unreadable(problem.Seen);
            default:
                return new HostKeyFact.Missing();
        }
    }

    private static MarkFact Mark(NetclawHome home) => PrivateFile.Read(home.GatewayMark) switch
    {
        PrivateFileResult.Problem problem => new MarkFact.Unreadable(problem.Seen),
        PrivateFileResult.Loaded loaded when GatewayMark.Read(loaded.Bytes) is { } mark => Identity(home, mark) is { } wrong
            ? new MarkFact.Unreadable(wrong)
            : new MarkFact.Present(mark.Bootstrap, mark.Epoch, mark.Heads is { IsEmpty: false } ? HeadVerdict.Agrees : HeadVerdict.None),
        PrivateFileResult.Loaded => new MarkFact.Unreadable($"{home.GatewayMark} is not of the form that Netclaw writes"),
        _ => new MarkFact.Absent(),
    };

    /// <summary>Null: the gateway's key is there and the mark is its own. Whether the journal agrees with the heads is seen by whoever reads it.</summary>
    private static string? Identity(NetclawHome home, GatewayMark mark)
    {
        switch (KeyFile.Load(home.GatewayKey))
        {
            case KeyFileResult.Loaded loaded:
                using (loaded.Key)
                {
                    return loaded.Key.Public.GatewayId != mark.GatewayId
                        ? $"{home.GatewayKey} is the key of {loaded.Key.Public.GatewayId}, but {home.GatewayMark} names {mark.GatewayId}"
                        : mark.IsOfOlderForm || mark.IsSignedBy(loaded.Key.Public) ? null : $"{home.GatewayMark} is not signed by this gateway's key";
                }

            case KeyFileResult.Problem problem:
                return problem.Seen;
            default:
                return $"{home.GatewayKey} is missing";
        }
    }
}
