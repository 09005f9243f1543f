using System.Runtime.InteropServices;

namespace Netclaw.Daemon.Lifetime;

/// <summary>SIGTERM, SIGINT and SIGHUP begin the shutdown, again and again the same one; only a second Ctrl-C ends the process at once, by which nothing is lost.</summary>
internal sealed class Signals : IDisposable
{
    private readonly PosixSignalRegistration[] _heeded;

    public Signals(StopSignal stop) => _heeded = Array.ConvertAll(
        [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP],
        which => PosixSignalRegistration.Create(which, context =>
        {
            context.Cancel = which != PosixSignal.SIGINT || !stop.Asked.IsCompleted;
            stop.Stop(which.ToString());
        }));

    public void Dispose() => Array.ForEach(_heeded, signal => signal.Dispose());
}
