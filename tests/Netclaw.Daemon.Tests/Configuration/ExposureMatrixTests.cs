using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Options;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Configuration;
using Xunit.Abstractions;

namespace Netclaw.Daemon.Tests.Configuration;

/// <summary>
/// Every exposure mode with every auth mode, bind address, list of proxies and loopback option: a daemon starts, or is refused with exactly the keys that
/// the table of trust.md section 2 names. The table stands here a second time, in its own words.
/// </summary>
public sealed class ExposureMatrixTests(ITestOutputHelper output)
{
    private const string Listen = "listen.address";
    private const string Mode = "exposure.mode";
    private const string Proxies = "exposure.trustedProxies";
    private const string AuthKey = "auth.mode";
    private const string UserHeader = "auth.trustedProxy.userHeader";
    private const string AllowLoopback = "auth.trustedProxy.allowLoopback";
    private const string LoopbackUser = "auth.trustedProxy.loopbackUser";

    private static readonly string[] Binds = ["127.0.0.1", "::1", "127.8.8.8", "0.0.0.0", "::", "10.0.0.5"];

    /// <param name="TooWide">How many of the list are.</param>
    /// <param name="Loopback">How many hold loopback.</param>
    private sealed record List(string[] Networks, int TooWide, int Loopback);

    private static readonly List[] Lists =
    [
        new([], 0, 0), new(["10.0.0.7"], 0, 0), new(["10.0.0.0/8", "fd00::/16"], 0, 0), new(["10.0.0.0/7"], 1, 0), new(["0.0.0.0/0"], 1, 1), new(["::/0"], 1, 1),
        new(["fc00::/15"], 1, 0), new(["127.0.0.1"], 0, 1), new(["127.0.0.0/8"], 0, 1), new(["127.9.0.0/16", "::1"], 0, 2), new(["0.0.0.0/1", "192.0.2.0/24"], 1, 1), new(["::/16"], 0, 1),
    ];

    [Fact]
    public void Starts_ExactlyWhereTheTableSays()
    {
        var cells = 0;
        var started = 0;
        foreach (var cell in Cells())
        {
            var expected = Expected(cell).Order(StringComparer.Ordinal).ToList();
            var found = cell.Options.Check(cell.Machine.Facts).Select(problem => problem.Key).Order(StringComparer.Ordinal).ToList();
            Assert.True(expected.SequenceEqual(found), $"{cell}: expected [{string.Join(' ', expected)}], found [{string.Join(' ', found)}]");
            cells++;
            started += found.Count == 0 ? 1 : 0;
        }

        output.WriteLine($"{cells} cells, {started} start");
        Assert.True(cells > 40_000 && started > 1_000, $"{cells} cells, {started} start");
    }

    [Fact]
    public void WhatStarts_PassesThePolicysOwnCheck()
    {
        var validator = new TrustOptionsValidator();
        foreach (var cell in Cells().Where(cell => !cell.Options.Check(cell.Machine.Facts).Any()))
        {
            var trust = TrustOptionsFactory.Create(cell.Options, 1000, cell.Machine);
            Assert.True(validator.Validate(null, trust) == ValidateOptionsResult.Success, cell.ToString());
        }
    }

    [Fact]
    public void EveryProblem_HasKeyAndRemedy_AndNoneShowsATrace() => Assert.All(
        Cells().SelectMany(cell => cell.Options.Check(cell.Machine.Facts)).Distinct(),
        problem => Assert.True(problem is { Key.Length: > 0, Wrong.Length: > 0, Remedy.Length: > 0 } && !problem.Remedy.Contains("   at ", StringComparison.Ordinal)));

    private static IEnumerable<string> Expected(Cell cell)
    {
        var loopback = cell.Bind.StartsWith("127.", StringComparison.Ordinal) || cell.Bind == "::1";
        switch (cell.Exposure)
        {
            case ExposureMode.Local:
                if (!loopback)
                {
                    yield return Listen;
                }

                if (cell.Auth == AuthMode.TrustedProxy && cell.Proxies.Networks.Length == 0 && !cell.AllowLoopback)
                {
                    yield return Proxies;
                }

                break;
            case ExposureMode.ReverseProxy:
                if (loopback && !cell.AllowLoopback)
                {
                    yield return Listen;
                }

                if (cell.Proxies.Networks.Length == 0)
                {
                    yield return Proxies;
                }

                break;
            default:
                if (!loopback)
                {
                    yield return Listen;
                }

                if (!cell.AgentRuns && !cell.Skips)
                {
                    yield return Mode;
                }

                if (cell.AllowLoopback)
                {
                    yield return AllowLoopback;
                }

                if (cell.LoopbackUser)
                {
                    yield return LoopbackUser;
                }

                break;
        }

        var used = cell.Exposure != ExposureMode.Local || cell.Auth == AuthMode.TrustedProxy;
        for (var count = used ? cell.Proxies.TooWide + (cell.AllowLoopback ? 0 : cell.Proxies.Loopback) : 0; count > 0; count--)
        {
            yield return Proxies;
        }

        if (cell.Auth == AuthMode.None && cell.Exposure != ExposureMode.Local)
        {
            yield return AuthKey;
        }

        if (cell.Auth == AuthMode.TrustedProxy && !cell.NamesUser)
        {
            yield return UserHeader;
        }
    }

    private static IEnumerable<Cell> Cells() =>
        from exposure in Enum.GetValues<ExposureMode>()
        from auth in Enum.GetValues<AuthMode>()
        from bind in Binds
        from list in Lists
        from flags in Enumerable.Range(0, 32)
        select new Cell(exposure, auth, bind, list, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, (flags & 8) != 0, (flags & 16) != 0);

    private sealed record Cell(
        ExposureMode Exposure, AuthMode Auth, string Bind, List Proxies, bool AllowLoopback, bool LoopbackUser, bool NamesUser, bool AgentRuns, bool Skips)
    {
        public NetclawOptions Options { get; } = new()
        {
            Listen = new ListenOptions { Address = IPAddress.Parse(Bind) },
            Exposure = new ExposureOptions { Mode = Exposure, TrustedProxies = NetworkSet.Of(Proxies.Networks.Select(Parse)), SkipTunnelProcessCheck = Skips },
            Auth = new AuthOptions
            {
                Mode = Auth,
                TrustedProxy = new TrustedProxyOptions { AllowLoopback = AllowLoopback, LoopbackUser = LoopbackUser ? "internal" : null, UserHeader = NamesUser ? "X-User" : null },
            },
        };

        public FixedMachine Machine { get; } = AgentRuns ? new FixedMachine { Programs = { "tailscaled", "cloudflared" } } : new FixedMachine();

        public override string ToString() => $"{Exposure.Name()} {Auth.Name()} bind {Bind} proxies [{string.Join(' ', Proxies.Networks)}] allowLoopback {AllowLoopback} loopbackUser {LoopbackUser} named {NamesUser} agent {AgentRuns} skip {Skips}";

        private static IPNetwork Parse(string text) => NetworkSet.TryParse(text, out var network) ? network : throw new ArgumentException(text, nameof(text));
    }
}
