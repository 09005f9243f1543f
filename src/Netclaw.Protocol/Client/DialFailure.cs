using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;

namespace Netclaw.Protocol;

/// <summary>Why no WebSocket came about, in words: each cause its own, because each has another way out.</summary>
internal static class DialFailure
{
    /// <summary>Header by which a gateway names its refusal when it answers the upgrade with a plain HTTP status.</summary>
    public const string CodeHeader = "Netclaw-Code";

    public static GatewayException Explain(GatewayEndpoint endpoint, ClientWebSocket socket, Exception failure)
    {
        if (Find<GatewayException>(failure) is { } own)
        {
            return own;
        }

        if (socket.HttpStatusCode != 0)
        {
            return Answered(endpoint, socket);
        }

        if (Find<AuthenticationException>(failure) is { } tls)
        {
            return Failed(RefusalCode.EndpointTlsFailed, endpoint, "no trusted TLS connection could be made: " + tls.Message.TrimEnd('.'), failure);
        }

        if (Find<SocketException>(failure) is { } refused)
        {
            return Refused(endpoint, refused);
        }

        return Find<HttpRequestException>(failure)?.HttpRequestError switch
        {
            HttpRequestError.SecureConnectionError =>
                Failed(RefusalCode.EndpointTlsFailed, endpoint, "no TLS connection could be made", failure),
            HttpRequestError.ResponseEnded or HttpRequestError.ConnectionError =>
                Failed(RefusalCode.EndpointUnreachable, endpoint, "the connection was closed without an answer" + SchemeHint(endpoint), failure),
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.ConfigurationLimitExceeded =>
                Failed(RefusalCode.EndpointNotNetclaw, endpoint, "what answers does not speak HTTP as a gateway does" + SchemeHint(endpoint), failure),
            _ => Failed(RefusalCode.EndpointUnreachable, endpoint, ForeignText.Clean(failure.Message).TrimEnd('.'), failure),
        };
    }

    private static GatewayException Answered(GatewayEndpoint endpoint, ClientWebSocket socket)
    {
        var status = (int)socket.HttpStatusCode;
        if (Header(socket, CodeHeader) is { } name && RefusalTable.TryFind(name, out var refusal))
        {
            return Failed(refusal.Code, endpoint, "the gateway answered: " + refusal.Meaning.TrimEnd('.'), null);
        }

        var answer = string.Create(CultureInfo.InvariantCulture, $"{status} {Reason(socket.HttpStatusCode)}");
        return status is >= 300 and < 400
            ? Failed(RefusalCode.EndpointNotNetclaw, endpoint,
                $"it redirects to {Elsewhere(endpoint, Header(socket, "Location"))} ({answer}); redirects are never followed, nothing was sent there", null)
            : status == (int)HttpStatusCode.SwitchingProtocols
                ? Failed(RefusalCode.EndpointNotNetclaw, endpoint, "it answers the WebSocket upgrade in a wrong way", null)
                : status >= 500
                    ? Failed(RefusalCode.EndpointUnreachable, endpoint, $"it answers {answer}: maybe a proxy whose gateway is down", null)
                    : Failed(RefusalCode.EndpointNotNetclaw, endpoint, $"a web server answers {answer} where a gateway has its hub", null);
    }

    private static GatewayException Refused(GatewayEndpoint endpoint, SocketException failure) => endpoint switch
    {
        GatewayEndpoint.Control control when failure.SocketErrorCode == SocketError.ConnectionRefused =>
            ControlSocketCheck.Nobody(control, "nobody listens on it (a daemon that was killed leaves it behind)"),
        GatewayEndpoint.Control control => ControlSocketCheck.Nobody(control, failure.Message),
        _ => Failed(RefusalCode.EndpointUnreachable, endpoint, failure.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "nothing listens there (connection refused)",
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host name is not known",
            SocketError.NetworkUnreachable or SocketError.HostUnreachable => "there is no way to that host from here",
            SocketError.TimedOut => "the host does not answer",
            SocketError.ConnectionReset => "the connection was cut" + SchemeHint(endpoint),
            _ => failure.Message,
        }, failure),
    };

    private static GatewayException Failed(RefusalCode code, GatewayEndpoint endpoint, string seen, Exception? cause) =>
        GatewayException.Of(code, $"Tried {endpoint.Shown}: {seen}.", code == RefusalCode.EndpointTlsFailed ? ShowCertificate(endpoint) : null, cause);

    private static string? ShowCertificate(GatewayEndpoint endpoint) => endpoint is GatewayEndpoint.Http { BaseUri: var url }
        ? string.Create(CultureInfo.InvariantCulture, $"openssl s_client -connect {url.IdnHost}:{url.Port}")
        : null;

    private static string SchemeHint(GatewayEndpoint endpoint) =>
        endpoint is GatewayEndpoint.Http { BaseUri.Scheme: "http" } ? " (does it want https://?)" : "";

    private static string Elsewhere(GatewayEndpoint endpoint, string? location)
    {
        var baseUri = endpoint is GatewayEndpoint.Http http ? http.BaseUri : new Uri("http://localhost");
        return Uri.TryCreate(baseUri, location, out var target) ? ForeignText.Clean(target.GetLeftPart(UriPartial.Authority)) : "an unreadable address";
    }

    private static string Reason(HttpStatusCode status) => Enum.IsDefined(status) ? status.ToString() : "";

    private static string? Header(ClientWebSocket socket, string name) => socket.HttpResponseHeaders?
        .FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault();

    private static T? Find<T>(Exception? failure) where T : Exception
    {
        while (failure is not null and not T)
        {
            failure = failure.InnerException;
        }

        return (T?)failure;
    }
}
