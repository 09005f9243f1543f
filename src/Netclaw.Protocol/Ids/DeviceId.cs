using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>
/// A device, named by its key: <c>d_</c> and the lower-case hex SHA-256 of the raw public key (64 symbols).
/// Protocol clients send the hex alone, see <see cref="Hex"/>.
/// </summary>
[JsonConverter(typeof(IdJsonConverter<DeviceId>))]
public readonly record struct DeviceId : IId<DeviceId>
{
    private const string Prefix = "d_";
    private const int HexLength = 64;
    private const int ShortHexLength = 8;

    private readonly string? _text;

    private DeviceId(string text) => _text = text;

    /// <summary>The id without its prefix, as protocol clients write it.</summary>
    public string Hex => _text is null ? "" : _text[Prefix.Length..];

    /// <summary>Enough to tell devices apart on a screen; commands accept any unique prefix.</summary>
    public string Short => _text is null ? "" : _text[..(Prefix.Length + ShortHexLength)];

    public static DeviceId FromKeyHash(ReadOnlySpan<byte> sha256) => new(Prefix + Convert.ToHexStringLower(sha256));

    public static bool TryParse(string? text, out DeviceId id)
    {
        var wellFormed = text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) && IsHex(text.AsSpan(Prefix.Length));
        id = wellFormed ? new DeviceId(text!) : default;
        return wellFormed;
    }

    /// <summary>Parses the bare hex form.</summary>
    public static bool TryParseHex(string? hex, out DeviceId id)
    {
        var wellFormed = IsHex(hex);
        id = wellFormed ? new DeviceId(Prefix + hex) : default;
        return wellFormed;
    }

    public override string ToString() => _text ?? "";

    private static bool IsHex(ReadOnlySpan<char> text) => text.Length == HexLength && !text.ContainsAnyExcept("0123456789abcdef");
}
