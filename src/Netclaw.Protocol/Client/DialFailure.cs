using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Netclaw.Protocol;

/// <summary>Why no WebSocket came about, in words: each cause its own, because each has another way out.</summary>
internal static class DialFailure
{
    /// <summary>Header by which a gateway names its refusal when it answers the upgrade with a plain HTTP status.</summary>
    public const string CodeHeader = "Netclaw-Code";

    public static GatewayException Explain(GatewayEndpoint endpoint, Exception failure) => failure switch
    {
        AuthenticationException => Failed(RefusalCode.EndpointTlsFailed, endpoint,
            "no trusted TLS connection could be made: " + ForeignText.Clean(failure.Message).TrimEnd('.'), failure, ShowCertificate(endpoint)),
        SocketException socket => Refused(endpoint, socket),
        IOException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown } } =>
            Failed(RefusalCode.EndpointUnreachable, endpoint, "the connection was cut" + SchemeHint(endpoint), failure),
        _ => Failed(RefusalCode.EndpointUnreachable, endpoint, ForeignText.Clean(failure.Message).TrimEnd('.'), failure),
    };

    public static GatewayException NoAnswer(GatewayEndpoint endpoint) =>
        Failed(RefusalCode.EndpointUnreachable, endpoint, "the connection was closed without an answer" + SchemeHint(endpoint));

    public static GatewayException NotHttp(GatewayEndpoint endpoint) =>
        Failed(RefusalCode.EndpointNotNetclaw, endpoint, "what answers does not speak HTTP as a gateway does" + SchemeHint(endpoint));

    public static GatewayException WrongUpgrade(GatewayEndpoint endpoint) =>
        Failed(RefusalCode.EndpointNotNetclaw, endpoint, "a WebSocket opens in a way no gateway's hub does");

    /// <summary>A plain HTTP status instead of the upgrade.</summary>
    public static GatewayException Answered(GatewayEndpoint endpoint, UpgradeAnswer answer)
    {
        if (answer.Header(CodeHeader) is { } name && RefusalTable.TryFind(name, out var refusal))
        {
            return Failed(refusal.Code, endpoint, "the gateway answered: " + refusal.Meaning.TrimEnd('.'));
        }

        var status = (HttpStatusCode)answer.Status;
        var shown = string.Create(CultureInfo.InvariantCulture, $"{answer.Status}{(Enum.IsDefined(status) ? " " + status : "")}");
        return answer.Status switch
        {
            >= 300 and < 400 => Failed(RefusalCode.EndpointNotNetclaw, endpoint,
                $"it redirects to {Elsewhere(endpoint, answer.Header("Location"))} ({shown}); redirects are never followed, nothing was sent there"),
            >= 500 => Failed(RefusalCode.EndpointUnreachable, endpoint, $"it answers {shown}: maybe a proxy whose gateway is down"),
            _ => Failed(RefusalCode.EndpointNotNetclaw, endpoint, $"a web server answers {shown} where a gateway has its hub{SchemeHint(endpoint, answer.Status)}"),
        };
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
            _ => failure.Message,
        }, failure),
    };

    private static GatewayException Failed(RefusalCode code, GatewayEndpoint endpoint, string seen, Exception? cause = null, string? remedy = null) =>
        GatewayException.Of(code, $"Tried {endpoint.Shown}: {seen}.", remedy, cause);

    private static string? ShowCertificate(GatewayEndpoint endpoint) => endpoint is GatewayEndpoint.Http { BaseUri: var url }
        ? string.Create(CultureInfo.InvariantCulture, $"openssl s_client -connect {url.IdnHost}:{url.Port}")
        : null;

    /// <summary>A port that wants TLS closes, cuts, or answers 400 when it is spoken to in plain HTTP.</summary>
    private static string SchemeHint(GatewayEndpoint endpoint, int status = (int)HttpStatusCode.BadRequest) =>
        endpoint is GatewayEndpoint.Http { BaseUri.Scheme: "http" } && status == (int)HttpStatusCode.BadRequest ? " (does it want https://?)" : "";

    private static string Elsewhere(GatewayEndpoint endpoint, string? location)
    {
        var here = endpoint is GatewayEndpoint.Http http ? http.BaseUri : new Uri("http://localhost");
        return Uri.TryCreate(here, location, out var target) ? ForeignText.Clean(target.GetLeftPart(UriPartial.Authority)) : "an unreadable address";
    }
}
