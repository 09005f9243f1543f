using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Netclaw.KillLoop.Clients;
using Netclaw.KillLoop.Daemons;
using Netclaw.KillLoop.Oracle;
using Netclaw.Protocol;

namespace Netclaw.KillLoop.Rounds;

/// <param name="Program">netclawd, or a build of it that is broken on purpose.</param>
/// <param name="Seed">Decides when each kill comes and what each client does; the machine decides how far they get.</param>
internal sealed record KillPlan(string Program, int Kills, int Seed);

/// <summary>One home, killed over and over. Each life: start → examine the list → visit some keys → load → kill; after the last kill one more look.</summary>
internal sealed class KillRun(KillPlan plan, NetclawHome home, Action<string> progress)
{
    private const string Configuration = """{"pairing":{"autoApproveLocal":false,"codeLifetimeSeconds":60},"limits":{"handshakeSeconds":60}}""";
    private const int ProgressEvery = 20;
    private const int KeysVisited = 8;

    /// <summary>For a load to get deep: beyond it the kill comes as it is.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly Random _random = new(plan.Seed);
    private readonly string _listen = FreeEndPoint().ToString();
    private LedgerDevice? _stranger;
    private string? _gatewayKeyHash;
    private TimeSpan _start = TimeSpan.FromMilliseconds(500);

    public Ledger Ledger { get; } = new();

    /// <exception cref="BrokenPromiseException">The first promise that was seen broken.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(home.ConfigFile, Configuration, cancellation);
        _stranger = Ledger.Add();
        var clock = Stopwatch.StartNew();
        for (var kill = 1; kill <= plan.Kills && !cancellation.IsCancellationRequested; kill++)
        {
            await LiveAsync(KillPoint.Draw(_random, _start));
            if (kill % ProgressEvery == 0)
            {
                progress(string.Create(CultureInfo.InvariantCulture,
                    $"{kill} of {plan.Kills} kills, {Ledger.Acknowledged} changes acknowledged, {Ledger.Undecided} on their way when it died ({clock.Elapsed.TotalSeconds:0} s)"));
            }
        }

        await LiveAsync(null);
    }

    /// <param name="end">Null: looks, and ends it without load.</param>
    private async Task LiveAsync(KillPoint? end)
    {
        Ledger.Say($"--- {end}");
        await using var daemon = DaemonProcess.Start(plan.Program, home, _listen);
        if (end is KillPoint.DuringStart start)
        {
            await Task.Delay(start.After);
            if (daemon.HasExited)
            {
                throw daemon.DiedByItself();
            }

            await daemon.KillAsync();
            return;
        }

        await using var @operator = await ReadyAsync(daemon);
        var list = await @operator.ListAsync();
        Examination.Of(list, Ledger);
        var field = new Field(Ledger, @operator, new DeviceClient(new Uri("http://" + _listen), _gatewayKeyHash!), _stranger!);
        await VisitAsync(field);
        if (end is null)
        {
            return;
        }

        var load = new Load(field, daemon, list).RunAsync(_random);
        await EndAsync(daemon, load, end);
        await load;
    }

    private async Task EndAsync(DaemonProcess daemon, Task load, KillPoint end)
    {
        switch (end)
        {
            case KillPoint.DuringStop stop:
                await Task.WhenAny(load, Task.Delay(stop.Load));
                daemon.AskToStop();
                await Task.WhenAny(load, Task.Delay(stop.After));
                break;
            case KillPoint.UnderLoad under:
                await Task.WhenAny(load, Ledger.ReachedAsync(Ledger.Acknowledged + under.Acknowledged, LongestWait));
                await Task.WhenAny(load, Task.Delay(under.After));
                break;
        }

        await daemon.KillAsync();
    }

    private async Task<Operator> ReadyAsync(DaemonProcess daemon)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAny(daemon.ReadyOrGone, Task.Delay(LongestStart));
        while (true)
        {
            try
            {
                var @operator = await Operator.OpenAsync(home, default);
                _start = clock.Elapsed;
                _gatewayKeyHash ??= @operator.GatewayKeyHash;
                return @operator.GatewayKeyHash == _gatewayKeyHash
                    ? @operator
                    : throw new BrokenPromiseException(Promise.StartsAgain, $"it came back as another gateway, {@operator.GatewayKeyHash}");
            }
            catch (GatewayException notYet)
            {
                if (daemon.HasExited)
                {
                    throw daemon.DiedByItself();
                }

                if (clock.Elapsed > LongestStart)
                {
                    throw new BrokenPromiseException(Promise.StartsAgain, $"it is not ready after {LongestStart.TotalSeconds} s ({notYet.Message}):\n{daemon.Said}", notYet);
                }

                await Task.Delay(2);
            }
        }
    }

    /// <summary>Those that were on their way, and some others, at once.</summary>
    private Task VisitAsync(Field field)
    {
        var devices = Ledger.Devices;
        var chosen = Ledger.TakeSettled().Concat(Enumerable.Range(0, KeysVisited).Select(_ => devices[_random.Next(devices.Count)])).Distinct();
        return Task.WhenAll(chosen.Select(field.LookInAsync));
    }

    /// <summary>On a loopback address of its own, and no port that the kernel hands out to clients: it must be free in every life.</summary>
    private static IPEndPoint FreeEndPoint()
    {
        while (true)
        {
            var address = new IPAddress([127, 78, (byte)Random.Shared.Next(1, 255), (byte)Random.Shared.Next(1, 255)]);
            var candidate = new IPEndPoint(address, Random.Shared.Next(20_000, 30_000));
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(candidate);
                return candidate;
            }
            catch (SocketException)
            {
                // taken: another one
            }
        }
    }
}
