namespace Netclaw.Cli.Output;

/// <summary>
/// One line on stderr that says what is being done, and is gone when it is done. Only for somebody who looks: not in JSON, not into a pipe; with
/// <c>--verbose</c> each step is a line that stays.
/// </summary>
internal sealed class Spinner : IDisposable
{
    private const string Frames = "|/-\\";
    private const string Erase = "\r\e[K";
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly Screen _screen;
    private readonly Lock _gate = new();
    private readonly ITimer? _timer;
    private string _step = "";
    private int _frame;

    public Spinner(Screen screen, TimeProvider time)
    {
        _screen = screen;
        if (screen is { Json: false, Verbose: false, Terminal: { ErrorIsTerminal: true, Color: true } })
        {
            _timer = time.CreateTimer(_ => Draw(), null, Pace, Pace);
        }
    }

    public void Turn(string step)
    {
        _screen.Trace(step);
        lock (_gate)
        {
            _step = step;
        }

        Draw();
    }

    public void Dispose()
    {
        if (_timer is not null)
        {
            _timer.Dispose();
            lock (_gate)
            {
                _step = "";
                _screen.Terminal.Error.Write(Erase);
            }
        }
    }

    private void Draw()
    {
        lock (_gate)
        {
            if (_timer is not null && _step.Length > 0)
            {
                _screen.Terminal.Error.Write($"{Erase}{Frames[_frame++ % Frames.Length]} {_step}");
            }
        }
    }
}
