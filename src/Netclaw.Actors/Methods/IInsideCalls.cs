using System.Text.Json;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Calls of the gateway's methods from inside it, without a connection: through the same gate and to the same handlers as a client's.</summary>
public interface IInsideCalls
{
    /// <summary>Never throws but when it is cancelled: a refusal is an answer.</summary>
    /// <param name="principal">Whose rights it takes, and whom audit records name.</param>
    /// <exception cref="OperationCanceledException">The call is not wanted any more; its handler is told.</exception>
    Task<CallResponse> CallAsync(Principal principal, string method, JsonElement parameters, CancellationToken cancellation);
}
