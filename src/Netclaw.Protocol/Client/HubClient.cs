using System.Net;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Netclaw.Protocol;

/// <summary>The hub client over a connection that is already open: no builder, container or log providers, and JSON without reflection, for the sake of a quick start.</summary>
internal static class HubClient
{
    public static HubConnection Over(HubTransport transport)
    {
        var protocol = new JsonHubProtocol(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = ProtocolJson.Default.Options }));
        return new HubConnection(transport, protocol, new DnsEndPoint("gateway", 0), new NoServices(), NullLoggerFactory.Instance)
        {
            HandshakeTimeout = Timeout.InfiniteTimeSpan, // opening as a whole has one deadline
        };
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
