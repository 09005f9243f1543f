using System.Collections.Immutable;
using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Journal;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Keys;

/// <summary>The keys of one installation, in memory. Not a record: nothing of it may be printed. The mark is changed from several threads.</summary>
/// <param name="gateway">Names and proves the gateway, and signs the mark.</param>
/// <param name="host">The host credential; null when its file is gone from an installation that had one.</param>
/// <param name="journal">Keys of the journal's record chain and of the secrets sealed in it.</param>
public sealed class Keyring(NetclawHome home, SigningKey gateway, SigningKey? host, JournalKeys journal, GatewayMark mark) : IDisposable
{
    private readonly Lock _gate = new();
    private volatile GatewayMark _mark = mark;
    private SigningKey? _host = host;

    public SigningKey Gateway => gateway;

    public SigningKey? Host => _host;

    public JournalKeys Journal => journal;

    /// <summary>As it stands on disk.</summary>
    public GatewayMark Mark => _mark;

    /// <summary>Raises the high-water mark; it never falls.</summary>
    /// <exception cref="IOException">The mark stands as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The mark stands as it was.</exception>
    public void Reached(BootstrapPhase phase, string name)
    {
        lock (_gate)
        {
            Write(_mark with { Bootstrap = phase > _mark.Bootstrap || Sabotage.Is(Break.MarkFallsBack) ? phase : _mark.Bootstrap, Name = name });
        }
    }

    /// <summary>Raises the heads to what is durable. One that is behind the mark's, or beside it at the same sequence, changes nothing: the mark never falls.</summary>
    /// <param name="durable">By persistence id.</param>
    /// <exception cref="IOException">The mark stands as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The mark stands as it was.</exception>
    public void Advance(IEnumerable<KeyValuePair<string, JournalHead>> durable)
    {
        lock (_gate)
        {
            var heads = _mark.Heads ?? ImmutableSortedDictionary.Create<string, MarkedHead>(StringComparer.Ordinal);
            foreach (var (id, head) in durable.Where(each => each.Value.Sequence > (_mark.Head(each.Key)?.Sequence ?? 0) || Sabotage.Is(Break.HeadFallsBack)))
            {
                heads = heads.SetItem(id, MarkedHead.Of(head));
            }

            Write(_mark with { Heads = heads });
        }
    }

    /// <summary>
    /// The journal was replaced on purpose, by a restore or a full reset: the next epoch, which has reached what the new journal holds and nothing else.
    /// To be called once that journal is durable and before anybody is served from it. An epoch that has begun already is only advanced: whoever was cut
    /// short may ask again.
    /// </summary>
    /// <param name="epoch">Above the mark's; the same number stands in the new journal.</param>
    /// <param name="reached">By the new journal; here alone it may fall.</param>
    /// <param name="durable">Of the new journal, by persistence id; empty for a new beginning.</param>
    /// <exception cref="ArgumentOutOfRangeException">The epoch is below the mark's.</exception>
    /// <exception cref="IOException">The mark stands as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The mark stands as it was.</exception>
    public void BeginEpoch(long epoch, BootstrapPhase reached, IEnumerable<KeyValuePair<string, JournalHead>> durable)
    {
        lock (_gate)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(epoch, _mark.Epoch);
            if (epoch == _mark.Epoch)
            {
                Advance(durable);
                Reached(reached, _mark.Name);
                return;
            }

            var heads = durable.Where(each => each.Value.Sequence > 0)
                .ToImmutableSortedDictionary(each => each.Key, each => MarkedHead.Of(each.Value), StringComparer.Ordinal);
            Write(_mark with { Epoch = epoch, Bootstrap = reached, Heads = heads });
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

    /// <summary>Signs and saves; what does not change is not written. A mark from before marks were signed is signed by this.</summary>
    internal void Write(GatewayMark next)
    {
        lock (_gate)
        {
            if (next with { Signature = null } == _mark with { Signature = null } && _mark.Signature is not null)
            {
                return;
            }

            var signed = next.SignedBy(gateway);
            signed.Save(home);
            _mark = signed;
        }
    }
}
