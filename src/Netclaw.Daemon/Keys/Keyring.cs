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
    public SigningKey Gateway => gateway;

    public SigningKey? Host => host;

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

    public void Dispose()
    {
        gateway.Dispose();
        host?.Dispose();
    }

    public override string ToString() => "***";
}
