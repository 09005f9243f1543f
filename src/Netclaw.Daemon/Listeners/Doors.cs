using Netclaw.Actors.Trust;
using Netclaw.Daemon.Configuration;

namespace Netclaw.Daemon.Listeners;

/// <summary>Who waits to authenticate, per listener. The control socket has places of its own: whatever happens on TCP, the local operator gets in.</summary>
public sealed class Doors : IDisposable
{
    /// <summary>The peers of the control socket are this machine's own processes; this many at once is a defect, not a crowd.</summary>
    private const int ControlPlaces = 128;

    /// <summary>On the shared socket anybody on this machine may knock, so no user may take more than a part of it.</summary>
    private const int SharedPlaces = 256;
    private const int SharedPlacesPerUser = 32;

    public Doors(LimitsOptions limits, TimeProvider time)
    {
        Tcp = new Admission(new AdmissionLimits(limits.UnauthenticatedPerAddress, limits.UnauthenticatedTotal, limits.Handshake), time);
        Control = new Admission(new AdmissionLimits(ControlPlaces, ControlPlaces, limits.Handshake), time);
        Shared = new Admission(new AdmissionLimits(SharedPlacesPerUser, SharedPlaces, limits.Handshake), time);
    }

    public Admission Tcp { get; }

    public Admission Control { get; }

    public Admission Shared { get; }

    public IEnumerable<(string Listener, int Count)> Counts => [("control", Control.Count), ("shared", Shared.Count), ("tcp", Tcp.Count)];

    public Admission Of(ListenerKind listener) => listener switch
    {
        ListenerKind.Control => Control,
        ListenerKind.Shared => Shared,
        ListenerKind.Tcp => Tcp,
        _ => throw new ArgumentOutOfRangeException(nameof(listener), listener, "no such listener"),
    };

    public void Dispose()
    {
        Tcp.Dispose();
        Control.Dispose();
        Shared.Dispose();
    }
}
