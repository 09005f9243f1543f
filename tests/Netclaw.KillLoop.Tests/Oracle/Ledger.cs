using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Netclaw.Protocol;

namespace Netclaw.KillLoop.Oracle;

/// <summary>
/// What the clients and the operator were told, and when: the one truth that the gateway is measured by. An operation proposes what it asks
/// for before it asks, and acknowledges or withdraws that when it is answered; what is neither was on its way when the daemon died.
/// </summary>
internal sealed class Ledger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<DeviceId, LedgerDevice> _devices = [];
    private readonly List<LedgerDevice> _paired = [];
    private readonly List<LedgerCode> _codes = [];
    private readonly List<LedgerDevice> _settled = [];
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _named;

    /// <summary>Of acknowledged changes, all in all.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Of changes that were on their way when the daemon died.</summary>
    public int Undecided { get; private set; }

    /// <summary>Every line of what happened, in order: for the failing run.</summary>
    public IEnumerable<string> Lines => _lines;

    public IReadOnlyList<LedgerDevice> Devices => Locked(() => _devices.Values.ToList());

    /// <summary>Codes that may still be good for something, and codes spent lately.</summary>
    public IReadOnlyList<LedgerCode> Codes => Locked(() => _codes.ToList());

    /// <summary>Completes when so many changes are acknowledged, all in all, or the time is up.</summary>
    public async Task ReachedAsync(int acknowledged, TimeSpan most)
    {
        for (var began = Stopwatch.GetTimestamp(); Acknowledged < acknowledged && Stopwatch.GetElapsedTime(began) < most;)
        {
            await Task.Delay(1);
        }
    }

    /// <summary>A name nobody else has: the gateway has no reason to change it.</summary>
    public string FreshName() => string.Create(CultureInfo.InvariantCulture, $"device {Interlocked.Increment(ref _named)}");

    /// <summary>A key that the gateway has never seen; busy.</summary>
    public LedgerDevice Add()
    {
        var device = new LedgerDevice(SigningKey.Generate()) { Busy = true };
        Locked(() => _devices.Add(device.Id, device));
        return device;
    }

    public LedgerDevice? Find(DeviceId id) => Locked(() => _devices.GetValueOrDefault(id));

    /// <summary>Any paired device that nothing is being done with; busy from now on. Null: there is none.</summary>
    public LedgerDevice? Claim(Random random) => Locked(() =>
    {
        for (var turn = 0; turn < 8 && _paired.Count > 0; turn++)
        {
            var device = _paired[random.Next(_paired.Count)];
            if (!device.Busy)
            {
                device.Busy = true;
                return device;
            }
        }

        return null;
    });

    public void Release(LedgerDevice device) => Locked(() => device.Busy = false);

    public void Propose(LedgerDevice device, Facts facts) => Locked(() =>
    {
        device.OnItsWay = facts;
        Say($"{device.Id.Short}: asked to be {facts}, is {device.Certain}");
    });

    public void Acknowledge(LedgerDevice device) => Locked(() =>
    {
        Decide(device, device.OnItsWay!);
        Acknowledged++;
        Say($"{device.Id.Short}: acknowledged, {device.Certain}");
    });

    /// <summary>The gateway said that it did not do it.</summary>
    public void Withdraw(LedgerDevice device, string why) => Locked(() =>
    {
        Decide(device, device.Certain);
        Say($"{device.Id.Short}: refused ({why}), {device.Certain}");
    });

    /// <summary>The old key is replaced by the new one; both were proposed.</summary>
    public void Rotate(LedgerDevice former, LedgerDevice next) => Locked(() => former.Successor = next);

    public void Redeem(LedgerDevice device, LedgerCode code) => Locked(() =>
    {
        device.Redeems = code;
        code.TriesOnTheirWay++;
    });

    public void Note(LedgerDevice device, RequestState request) => Locked(() => device.Request = request);

    public void Keep(LedgerCode code) => Locked(() =>
    {
        _codes.Add(code);
        Say($"code {code}: handed out");
    });

    /// <summary>Nothing more can be learnt from it.</summary>
    public void Forget(LedgerCode code) => Locked(() => _codes.Remove(code));

    public void Begin(LedgerCode code) => Locked(() => code.TriesOnTheirWay++);

    public void Begun(LedgerCode code) => Locked(() =>
    {
        code.TriesOnTheirWay--;
        code.Tries++;
        Say($"code {code}: a try was answered");
    });

    /// <summary>After a kill: what was on its way turns out one way or the other.</summary>
    public void Settle(LedgerDevice device, Facts seen) => Locked(() =>
    {
        if (device.OnItsWay is not null)
        {
            Undecided++;
            _settled.Add(device);
            Say($"{device.Id.Short}: was on its way, turned out {seen}");
        }

        Decide(device, seen);
        device.Busy = false;
    });

    /// <summary>Those that <see cref="Settle"/> has decided since it was asked last.</summary>
    public IReadOnlyList<LedgerDevice> TakeSettled() => Locked(() =>
    {
        var taken = _settled.ToList();
        _settled.Clear();
        return taken;
    });

    public void Say(string what) =>
        _lines.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(_started).TotalSeconds:0.000} {what}"));

    private void Decide(LedgerDevice device, Facts facts)
    {
        if (device.Certain.Standing == Standing.Paired)
        {
            _paired.Remove(device);
        }

        if (facts.Standing == Standing.Paired)
        {
            _paired.Add(device);
            device.Request = RequestState.None;
            if (device.Redeems is { } code)
            {
                code.SpentBy = device;
            }
        }

        device.Certain = facts;
        device.OnItsWay = null;
        device.Successor = null;
        device.Redeems = null;
    }

    private void Locked(Action change)
    {
        lock (_gate)
        {
            change();
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
