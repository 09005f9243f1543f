using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;
using static Netclaw.Daemon.Tests.Gauntlet.Run;

namespace Netclaw.Daemon.Tests.Gauntlet;

/// <summary>Guessing the shared secret, and getting around what slows guessing down.</summary>
public sealed class GuessingAttackTests
{
    private const string WrongToken = """{"token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""";
    private const string Limited = """{ "exposure": { "trustedProxies": ["192.0.2.1"] }, "auth": { "rateLimit": { "maxAttempts": 3 } } }""";
    private const string Tunnel = """
        { "exposure": { "mode": "cloudflare-tunnel", "externalUrl": "https://agent.example.org", "skipTunnelProcessCheck": true }, "auth": { "rateLimit": { "maxAttempts": 3 } } }
        """;

    [Fact, Attack("CVE-2024-47070", "An X-Forwarded-For that is no address makes a rule by address fail open.", "evidence: addresses are parsed strictly")]
    public Task CVE_2024_47070_AnAddressThatIsNone() => ProveAsync(
        Limited,
        // Whoever counts by the text of the header counts each text as somebody new.
        Weakened.Evidence((seen, facts) => facts.Headers.FirstOrDefault(line => line.Name == "X-Forwarded-For") is { Value: { } text }
            ? seen with { Client = new IPAddress((uint)text.GetHashCode(StringComparison.Ordinal)) }
            : seen),
        host => StillLookedAtAsync(host, guess => [("X-Forwarded-For", $"no-address-{guess}")]));

    [Fact, Attack("CVE-2023-36456", "The same behind the product's own proxy, which appends: the left part of X-Forwarded-For is the client's to choose.", "evidence: resolution from the right")]
    public Task CVE_2023_36456_TheLeftPartOfTheChain_IsBelieved() => ProveAsync(
        Tunnel,
        Weakened.Evidence((seen, facts) => seen with { Client = Claimed(facts) ?? seen.Client }),
        host => StillLookedAtAsync(host, guess => [("Host", "agent.example.org"), ("X-Forwarded-For", $"198.51.100.{guess}, 203.0.113.66")]));

    [Fact, Attack("CWE-770", "A limiter remembers every address that ever guessed, until the memory is full.", "limiter: bounded table")]
    public Task CWE_770_TheTableOfGuessers_GrowsWithoutBound() => ProveAsync(
        Tunnel.Replace("\"maxAttempts\": 3", "\"maxEntries\": 100", StringComparison.Ordinal),
        services => services.AddSingleton(new CredentialLimits { MaxEntries = int.MaxValue, GlobalPerMinute = int.MaxValue }),
        async host =>
        {
            // The tunnel's agent names each guesser's address, and there are more of them than the table has places.
            await Parallel.ForAsync(1, 131, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (guess, _) =>
            {
                using var hub = await RawHub.OpenAsync(host.Address, ("Host", "agent.example.org"), ("Cf-Connecting-Ip", $"198.51.100.{guess}"));
                await hub.EventAsync(ConnectChallenge.EventName);
                await hub.CallAsync("1", "connect", Hello(auth: WrongToken));
                await hub.ClosingAsync();
            });
            return host.Service<CredentialLimiter>().Count > 100;
        });

    /// <summary>Ten wrong tokens: whether the tenth was still compared rather than limited.</summary>
    private static async Task<bool> StillLookedAtAsync(GatewayHost host, Func<int, (string, string)[]> headers)
    {
        var last = "";
        for (var guess = 1; guess <= 10; guess++)
        {
            using var hub = await RawHub.OpenAsync(host.Address, headers(guess));
            await hub.EventAsync(ConnectChallenge.EventName);
            await hub.CallAsync("1", "connect", Hello(auth: WrongToken));
            last = await hub.ClosingAsync();
        }

        return last == "unauthorized";
    }

    private static IPAddress? Claimed(Netclaw.Actors.Trust.Reading.ConnectionFacts facts) =>
        facts.Headers.FirstOrDefault(line => line.Name.Equals("X-Forwarded-For", StringComparison.OrdinalIgnoreCase)) is { Value: { } value }
        && IPAddress.TryParse(value.Split(',')[0].Trim(), out var address) ? address : null;
}
