using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Netclaw.Actors.Trust.Explaining;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Daemon.Accounts;
using Netclaw.Daemon.Configuration;

namespace Netclaw.Daemon.Offline;

/// <summary>
/// Reads the config of questions by the daemon's own reader, so that a key means here what it means at start. What goes together is not
/// checked: the policy has its own answers to settings that a start would refuse. Thread-safe.
/// </summary>
/// <param name="owner">The user of daemons whose user no question names.</param>
internal sealed class PolicyConfig(IAccounts accounts, uint owner) : IPolicyConfig
{
    // Streams repeat a few configs; more than this are read anew each time.
    private const int MostKept = 256;

    private readonly ConcurrentDictionary<int, Kept> _kept = new();

    public EvidenceRules Read(ReadOnlyMemory<byte> json, uint? daemonUser)
    {
        var user = daemonUser ?? owner;
        var hash = new HashCode();
        hash.Add(user);
        hash.AddBytes(json.Span);
        var key = hash.ToHashCode();
        if (_kept.TryGetValue(key, out var kept) && kept.User == user && kept.Json.AsSpan().SequenceEqual(json.Span))
        {
            return kept.Rules;
        }

        var rules = Rules(json, user);
        if (kept is null && _kept.Count < MostKept)
        {
            _kept.TryAdd(key, new Kept(json.ToArray(), user, rules));
        }

        return rules;
    }

    private EvidenceRules Rules(ReadOnlyMemory<byte> json, uint user)
    {
        var reading = new ConfigReading();
        using var document = json.IsEmpty ? null : JsonDocument.Parse(json);
        var options = NetclawOptions.Read(new ConfigSection("", document?.RootElement, reading));
        if (reading.Problems is [var problem, ..])
        {
            throw new UnreadableQuestion($"config.{problem.Key}", $"{problem.Wrong} {problem.Remedy}");
        }

        return TrustOptionsFactory.Rules(options, TrustOptionsFactory.Create(options, user, accounts)) with
        {
            Bound = [new IPEndPoint(options.Listen.Address, options.Listen.Port)],
        };
    }

    private sealed record Kept(byte[] Json, uint User, EvidenceRules Rules);
}
