namespace Netclaw.Daemon.Assertions;

/// <summary>Where the key set of assertions is kept.</summary>
internal interface IKeySource
{
    /// <summary>At once, unless it has to be fetched.</summary>
    /// <param name="keyId">Which key is wanted: one that is not known yet is a reason to look again.</param>
    /// <returns>Null: there are no keys to be had at this moment.</returns>
    ValueTask<KeySet?> ReadAsync(string? keyId);
}
