using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Journal;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Keys;

/// <summary>The keys of one installation, in memory. Not a record: nothing of it may be printed.</summary>
/// <param name="gateway">Names and proves the gateway.</param>
/// <param name="host">The host credential; null when its file is gone from an installation that had one.</param>
/// <param name="journal">Keys of the journal's record chain and of the secrets sealed in it.</param>
public sealed class Keyring(NetclawHome home, SigningKey gateway, SigningKey? host, JournalKeys journal, GatewayMark mark) : IDisposable
{
    private SigningKey? _host = host;

    public SigningKey Gateway => gateway;

    public SigningKey? Host => _host;

    public JournalKeys Journal => journal;

    public GatewayMark Mark { get; private set; } = mark;

    /// <summary>Raises the high-water mark; it never falls.</summary>
    /// <exception cref="IOException">The mark stands as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The mark stands as it was.</exception>
    public void Reached(BootstrapPhase phase, string name)
    {
        var next = Mark with { Bootstrap = phase > Mark.Bootstrap || Sabotage.Is(Break.MarkFallsBack) ? phase : Mark.Bootstrap, Name = name };
        if (next != Mark)
        {
            next.Save(home);
            Mark = next;
        }
    }

    /// <summary>Another host key is in force, in the journal and in its file; from now on it belongs to this.</summary>
    public void TakeHost(SigningKey key) => Interlocked.Exchange(ref _host, key)?.Dispose();

    public void Dispose()
    {
        gateway.Dispose();
        _host?.Dispose();
    }

    public override string ToString() => "***";
}
