using System.Globalization;
using System.Text;

namespace Netclaw.Protocol.Frames;

/// <summary>
/// What a protocol device signs besides its id, its nonce and its time (gateway-protocol.md 2.3): its own words, in its own order, because the signature covers them as they were
/// sent. Names no gateway, so it never authenticates alone.
/// </summary>
/// <param name="Scopes">As requested, joined with commas; not sorted.</param>
/// <param name="Token">The first of token, device token and bootstrap token; a password is never signed.</param>
public sealed record DeviceClaim(string ClientId, string ClientMode, string Role, string Scopes, string? Platform, string? DeviceFamily, Secret? Token)
{
    /// <summary>How far <c>signedAt</c> may be from the gateway's clock, either way.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>The older payload: nothing of the machine in it.</summary>
    public byte[] Version2(DeviceProof proof) => Encoding.UTF8.GetBytes(Fields("v2", proof));

    public byte[] Version3(DeviceProof proof) => Encoding.UTF8.GetBytes(string.Join('|', Fields("v3", proof), Folded(Platform), Folded(DeviceFamily)));

    private string Fields(string version, DeviceProof proof) => string.Join(
        '|', version, proof.Id.Hex, ClientId, ClientMode, Role, Scopes, proof.SignedAt.ToString(CultureInfo.InvariantCulture), Token?.Reveal(), proof.Nonce);

    /// <summary>ASCII letters alone: what a culture folds differs from machine to machine.</summary>
    private static string Folded(string? text) => string.Concat((text ?? "").Trim().Select(symbol => char.IsAsciiLetterUpper(symbol) ? (char)(symbol | 0x20) : symbol));
}
