namespace Netclaw.Protocol;

/// <summary>
/// A pairing code: twelve symbols of Crockford base32, shown <c>IIII-XXXX-XXXX</c>. Four name the code (<see cref="Id"/>), eight
/// (40 bits) are the secret, which never crosses the wire (trust.md section 7).
/// </summary>
public sealed class PairingCode
{
    public const int Symbols = PairingCodeId.Symbols + SecretSymbols;
    private const int SecretSymbols = 8;

    private PairingCode(PairingCodeId id, Secret secret)
    {
        Id = id;
        Secret = secret;
    }

    public PairingCodeId Id { get; }

    /// <summary>Eight lower-case canonical symbols.</summary>
    public Secret Secret { get; }

    public static PairingCode New() => New(PairingCodeId.New());

    /// <summary>A fresh secret under a given name: for a gateway that keeps its live names apart.</summary>
    public static PairingCode New(PairingCodeId id) => new(id, new Secret(IdText.Random("", SecretSymbols)));

    /// <summary>Case does not matter, nor do spaces and dashes; O reads as 0, I and L as 1. False for anything but twelve symbols.</summary>
    public static bool TryParse(string? text, out PairingCode code)
    {
        code = null!;
        if (!SpokenSymbols.TryRead(text, Symbols, out var symbols)
            || !PairingCodeId.TryParseSymbols(symbols[..PairingCodeId.Symbols], out var id))
        {
            return false;
        }

        code = new PairingCode(id, new Secret(symbols[PairingCodeId.Symbols..]));
        return true;
    }

    /// <summary>The whole code as a person reads it, <c>IIII-XXXX-XXXX</c>: a secret.</summary>
    public Secret ToDisplay() => new(SpokenSymbols.Show(ToSymbols()));

    /// <summary>The twelve symbols without dashes, upper case, as a link carries them: a secret.</summary>
    internal string ToLinkText() => ToSymbols().ToUpperInvariant();

    /// <summary>The name of the code and nothing of the secret.</summary>
    public override string ToString() => $"{Id.Spoken}-****-****";

    private string ToSymbols() => Id.Bare + Secret.Reveal();
}
