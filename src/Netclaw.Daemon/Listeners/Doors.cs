using Netclaw.Daemon.Configuration;

namespace Netclaw.Daemon.Listeners;

/// <summary>Who waits to authenticate, per listener. The control socket has places of its own: whatever happens on TCP, the local operator gets in.</summary>
public sealed class Doors : IDisposable
{
    /// <summary>The peers of the control socket are this machine's own processes; this many at once is a defect, not a crowd.</summary>
    private const int ControlPlaces = 128;

    public Doors(LimitsOptions limits, TimeProvider time)
    {
        Tcp = new Admission(new AdmissionLimits(limits.UnauthenticatedPerAddress, limits.UnauthenticatedTotal, limits.Handshake), time);
        Control = new Admission(new AdmissionLimits(ControlPlaces, ControlPlaces, limits.Handshake), time);
    }

    public Admission Tcp { get; }

    public Admission Control { get; }

    public IEnumerable<(string Listener, int Count)> Counts => [("control", Control.Count), ("tcp", Tcp.Count)];

    public void Dispose()
    {
        Tcp.Dispose();
        Control.Dispose();
    }
}
