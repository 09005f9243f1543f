using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Netclaw.Daemon.Lifetime;

/// <summary>
/// Whoever started this process and wants to hear how it goes: datagrams of <c>NAME=value</c> lines to the socket in <c>NOTIFY_SOCKET</c>, see
/// sd_notify(3). Without one nobody listens, and nothing is said. What it is told is never worth a daemon's life: what cannot be sent is let go.
/// </summary>
internal sealed class ServiceManager : IDisposable
{
    public const string SocketVariable = "NOTIFY_SOCKET";
    public const string WatchdogVariable = "WATCHDOG_USEC";
    public const string WatchdogProcessVariable = "WATCHDOG_PID";

    /// <summary>A manager that does not read its socket must not hold up a daemon.</summary>
    private const int SendBudgetMs = 1000;

    private readonly Socket? _socket;
    private readonly UnixDomainSocketEndPoint? _place;

    private ServiceManager(string? path, TimeSpan? watchdog)
    {
        Watchdog = watchdog;
        if (path is not null)
        {
            // An abstract socket's name begins with a zero byte, which an environment variable writes as "@".
            _place = new UnixDomainSocketEndPoint(path[0] == '@' ? "\0" + path[1..] : path);
            _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = SendBudgetMs };
        }
    }

    public bool Listens => _socket is not null;

    /// <summary>How long it waits for a sign of life before it ends the process; null: it does not watch.</summary>
    public TimeSpan? Watchdog { get; }

    public static ServiceManager Of(Func<string, string?> environment)
    {
        var named = environment(SocketVariable);
        var path = named is { Length: > 1 } && named[0] is '/' or '@' && Encoding.UTF8.GetByteCount(named) <= Protocol.NetclawHome.SocketPathLimit ? named : null;
        var isForThisProcess = environment(WatchdogProcessVariable) is not { Length: > 0 } pid
            || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var watchdog = isForThisProcess && long.TryParse(environment(WatchdogVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : (TimeSpan?)null;
        return new ServiceManager(path, path is null ? null : watchdog);
    }

    /// <summary>What this process starts later has no business with its manager.</summary>
    public static void ForgetEnvironment()
    {
        foreach (var name in (string[])[SocketVariable, WatchdogVariable, WatchdogProcessVariable])
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    public void Ready(string status) => Send($"READY=1\nSTATUS={OneLine(status)}");

    public void Status(string status) => Send($"STATUS={OneLine(status)}");

    public void Alive() => Send("WATCHDOG=1");

    /// <param name="budget">How long the stop may take; the unit's own limit may be shorter, if the settings were changed after it was written.</param>
    public void Stopping(TimeSpan budget) => Send(string.Create(CultureInfo.InvariantCulture,
        $"STOPPING=1\nSTATUS=stopping\nEXTEND_TIMEOUT_USEC={(long)budget.TotalMicroseconds}"));

    public void Dispose() => _socket?.Dispose();

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private void Send(string message)
    {
        try
        {
            _socket?.SendTo(Encoding.UTF8.GetBytes(message), _place!);
        }
        catch (SocketException)
        {
            // It is gone or does not listen; the daemon's own log has all of this.
        }
    }
}
