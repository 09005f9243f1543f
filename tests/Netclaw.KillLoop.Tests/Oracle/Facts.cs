using Netclaw.Protocol;

namespace Netclaw.KillLoop.Oracle;

internal enum Standing
{
    Unknown,
    Paired,
    Revoked,
}

/// <summary>How one key stands with the gateway. Of a tombstone nothing but that counts.</summary>
internal sealed record Facts(Standing Standing, string Name = "", ScopeSet Scopes = default)
{
    public static readonly Facts Unknown = new(Standing.Unknown);

    public static readonly Facts Revoked = new(Standing.Revoked);

    public static Facts Of(PairedDevice? listed) => listed switch
    {
        null => Unknown,
        { RevokedAtMs: not null } => Revoked,
        _ => new Facts(Standing.Paired, listed.Name, listed.Scopes),
    };

    public override string ToString() => Standing == Standing.Paired ? $"paired as {Name} [{Scopes}]" : Standing.ToString().ToLowerInvariant();
}
