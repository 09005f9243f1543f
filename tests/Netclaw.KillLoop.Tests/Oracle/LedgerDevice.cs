using Netclaw.Protocol;

namespace Netclaw.KillLoop.Oracle;

/// <summary>One key of one client, and what its gateway has acknowledged about it. Only <see cref="Ledger"/> changes it.</summary>
internal sealed class LedgerDevice(SigningKey key)
{
    public SigningKey Key { get; } = key;

    public DeviceId Id { get; } = key.Public.DeviceId;

    /// <summary>The last that was acknowledged.</summary>
    public Facts Certain { get; set; } = Facts.Unknown;

    /// <summary>What was asked for and not answered: after a kill it is so, or still as it was.</summary>
    public Facts? OnItsWay { get; set; }

    /// <summary>The key that takes this one's place in the rotation that is on its way: both change, or neither.</summary>
    public LedgerDevice? Successor { get; set; }

    /// <summary>The code that this key is being paired by: spent if and only if the key is paired.</summary>
    public LedgerCode? Redeems { get; set; }

    public RequestState Request { get; set; }

    /// <summary>An operation has it to itself.</summary>
    public bool Busy { get; set; }
}

/// <summary>A pairing request of a key, as its client knows it.</summary>
internal enum RequestState
{
    None,

    /// <summary>Asked for, or about to be rejected, and not answered.</summary>
    OnItsWay,

    /// <summary>Answered: it waits for an operator.</summary>
    Waiting,
}
