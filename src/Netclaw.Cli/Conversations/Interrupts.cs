using System.Runtime.InteropServices;

namespace Netclaw.Cli.Conversations;

/// <summary>Ctrl-C: the first one goes to what is being done, the next, or the first when nothing is, to whoever leaves.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PosixSignalRegistration _registration;
    private readonly Action _leave;
    private Action? _first;

    public Interrupts(Action leave)
    {
        _leave = leave;
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            Came();
        });
    }

    /// <summary>Until it is disposed of, the first interrupt is <paramref name="first"/>'s.</summary>
    public IDisposable Into(Action first)
    {
        lock (_gate)
        {
            _first = first;
        }

        return new Until(this);
    }

    public void Dispose() => _registration.Dispose();

    private void Came()
    {
        Action what;
        lock (_gate)
        {
            what = _first ?? _leave;
            _first = null;
        }

        what();
    }

    private sealed class Until(Interrupts interrupts) : IDisposable
    {
        public void Dispose()
        {
            lock (interrupts._gate)
            {
                interrupts._first = null;
            }
        }
    }
}
