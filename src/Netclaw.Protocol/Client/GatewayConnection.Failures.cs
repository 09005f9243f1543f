using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Netclaw.Protocol;

/// <summary>What went wrong, in words: where it was tried and what was seen.</summary>
public sealed partial class GatewayConnection
{
    /// <summary>Before its proof the other side may be anybody: its code counts, its words do not.</summary>
    private CallError Reason(CallError error)
    {
        var clean = ForeignText.Clean(error);
        if (_proven)
        {
            return clean;
        }

        return RefusalTable.TryFind(clean.Code, out var row)
            ? RefusalTable.Error(row.Code, $"Tried {Endpoint.Shown}: {row.Meaning}")
            : RefusalTable.Error(RefusalCode.EndpointNotNetclaw, $"Tried {Endpoint.Shown}: it closed the connection for a reason that no gateway has.");
    }

    private async Task<GatewayException> CallFailureAsync(string method, Exception failure)
    {
        if (failure is HubException && _hub.State == HubConnectionState.Connected)
        {
            return GatewayException.Of(RefusalCode.InternalError, $"Asked {Endpoint.Shown} for {method}: it failed over there.", cause: failure);
        }

        if (failure is JsonException or InvalidDataException && _hub.State == HubConnectionState.Connected)
        {
            return Unreadable(method, failure);
        }

        // A call ends early only because the connection does; the reason may still be on its way through the loop.
        var ended = await Task.WhenAny(Closed, Task.Delay(ReasonWait, _options.Time)).ConfigureAwait(false);
        return new GatewayException(ended == Closed ? (await Closed.ConfigureAwait(false)).Error : Unannounced(failure).Error, failure);
    }

    private T Read<T>(string name, JsonElement payload, JsonTypeInfo<T> type)
    {
        try
        {
            return payload.Deserialize(type) ?? throw Unreadable(name, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Unreadable(name, e);
        }
    }

    private GatewayException Unreadable(string name, Exception? cause) => GatewayException.Of(
        RefusalCode.ProtocolMismatch, $"Asked {Endpoint.Shown}: what came as {name} is not of a form that this client knows.", cause: cause);

    private Closing Unannounced(Exception? failure) => _disposing
        ? new Closing(NormalClosure, ClosedHere)
        : new Closing(AbnormalClosure, RefusalTable.Error(RefusalCode.EndpointUnreachable,
            $"The connection to {Endpoint.Shown} ended without a reason" + (failure is TimeoutException ? ": nothing was heard for too long." : ".")));

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");
}
