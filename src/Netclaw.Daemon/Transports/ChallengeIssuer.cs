using System.Buffers.Text;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Transports;

/// <summary>Makes the first thing a client hears: a fresh nonce, and the gateway's own proof over both nonces.</summary>
public sealed class ChallengeIssuer(SigningKey gateway, string name, TimeProvider time)
{
    /// <param name="clientNonce">From the url. A malformed one is answered like none: without a proof, so that no native client goes on.</param>
    public ConnectChallenge Issue(string? clientNonce)
    {
        var nonce = Nonce.New();
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (!Nonce.IsWellFormed(clientNonce))
        {
            return new ConnectChallenge(nonce, at, gateway.Public, name, null, null);
        }

        var signature = gateway.Sign(NativeTranscript.Gateway(gateway.Public, nonce, clientNonce!));
        return new ConnectChallenge(nonce, at, gateway.Public, name, clientNonce, Base64Url.EncodeToString(signature));
    }
}
