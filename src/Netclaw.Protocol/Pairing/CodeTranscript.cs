namespace Netclaw.Protocol;

/// <summary>What both sides of a code exchange agree on. Public facts only; the order of the fields is <see cref="CodeExchange.Transcript"/>'s.</summary>
/// <param name="GatewayKey">The gateway's key; its id is derived, never taken from a message.</param>
/// <param name="Role">As requested in <c>connect</c>.</param>
/// <param name="Scopes">As requested in <c>connect</c>; what was granted is in the gateway's proof.</param>
/// <param name="ServerNonce">Of <c>connect.challenge</c>.</param>
/// <param name="ClientNonce">Of the hub url.</param>
/// <param name="ExchangeNonce">Of <c>pair.begin</c>'s answer.</param>
public sealed record CodeTranscript(
    PublicKey GatewayKey, PublicKey DeviceKey, PairingCodeId CodeId, Role Role, ScopeSet Scopes,
    string ServerNonce, string ClientNonce, string ExchangeNonce);
