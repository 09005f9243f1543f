using System.Collections.Immutable;
using System.Net;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust.Reading;

namespace Netclaw.Actors.Trust.Enumeration;

/// <summary>A full product of dimensions: every connection x every installation x every hello x everything offered x every registry.</summary>
internal sealed class Slice
{
    private static readonly HeaderLine[] Additions =
    [
        new("X-Forwarded-For", "198.51.100.7"), new("Via", "1.1 proxy"), new("Origin", Dimensions.AllowedOrigin), new("Origin", "https://evil.example"), new("Sec-Fetch-Site", "cross-site"),
    ];

    private readonly ConnectionFacts[] _facts;
    private readonly TrustOptions[] _options;
    private readonly Hello[] _hellos;
    private readonly Credentials[] _offered;
    private readonly RegistrySnapshot[] _registries;

    // What a connection is read as depends on few of the options, so each reading is done once.
    private readonly ConnectionEvidence[][] _plain;
    private readonly ConnectionEvidence[][][] _dressed;

    public Slice(string name, IEnumerable<ConnectionFacts> facts, IEnumerable<TrustOptions> options, IEnumerable<Hello> hellos, IEnumerable<Credentials> offered, IEnumerable<RegistrySnapshot> registries)
    {
        Name = name;
        (_facts, _options, _hellos, _offered, _registries) = ([.. facts], [.. options], [.. hellos], [.. offered], [.. registries]);
        var readings = new Dictionary<object, (ConnectionEvidence[] Plain, ConnectionEvidence[][] Dressed)>();
        _plain = new ConnectionEvidence[_options.Length][];
        _dressed = new ConnectionEvidence[_options.Length][][];
        for (var index = 0; index < _options.Length; index++)
        {
            var one = _options[index];
            var key = (one.Exposure, one.TrustedProxies, one.TrustedProxy.UserHeader, one.TrustedProxy.Assertion, one.TrustedProxy.RequiredHeaders.Length, one.Auth, one.TrustedProxy.AllowLoopback, one.TrustedProxy.ProxyUids.ToString());
            if (!readings.TryGetValue(key, out var reading))
            {
                var rules = Dimensions.Rules(one);
                reading = ([.. _facts.Select(fact => EvidenceReader.Read(fact, rules))], [.. _facts.Select(fact => Dressed(fact, rules))]);
                readings.Add(key, reading);
            }

            (_plain[index], _dressed[index]) = reading;
        }
    }

    public string Name { get; }

    public int Count => _facts.Length * _options.Length * _hellos.Length * _offered.Length * _registries.Length;

    public Cell this[int index]
    {
        get
        {
            var rest = index;
            var fact = Next(ref rest, _facts.Length);
            var options = Next(ref rest, _options.Length);
            var hello = Next(ref rest, _hellos.Length);
            var offered = Next(ref rest, _offered.Length);
            return new Cell(this, index, new AccessQuestion(_plain[options][fact], _hellos[hello], _offered[offered], _options[options], _registries[rest]), _dressed[options][fact]);
        }
    }

    private static int Next(ref int rest, int count)
    {
        (rest, var index) = Math.DivRem(rest, count);
        return index;
    }

    private static ConnectionEvidence[] Dressed(ConnectionFacts facts, EvidenceRules rules) =>
        [.. Additions.Select(line => EvidenceReader.Read(facts with { Headers = facts.Headers.Add(line) }, rules))];
}
