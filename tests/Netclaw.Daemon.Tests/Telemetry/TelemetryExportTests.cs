using System.Net;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Telemetry;

/// <summary>A real daemon, a real collector, what goes between them.</summary>
public sealed class TelemetryExportTests
{
    private const string Foreign = "0af7651916cd43dd8448eb211c80319c";

    /// <summary>So that nobody waits for the defaults of 5 and 60 seconds.</summary>
    private static readonly (string, string)[] Soon =
        [("OTEL_BSP_SCHEDULE_DELAY", "50"), ("OTEL_BLRP_SCHEDULE_DELAY", "50"), ("OTEL_METRIC_EXPORT_INTERVAL", "200")];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OneTraceIsSent_ForAHandshakeThatIsGranted(bool grpc)
    {
        await using var collector = await OtlpCollector.StartAsync(grpc);
        await using var daemon = await DaemonProcess.StartAsync(null, To(collector, grpc));
        await using var owner = await daemon.OperatorAsync();

        var span = await collector.SpanAsync(one => one.Attributes.ContainsKey(HandshakeWords.Outcome));
        Assert.Equal((HandshakeWords.Source, HandshakeWords.Span, false, 2ul, 0), (span.Scope, span.Name, span.HasParent, span.Kind, span.Links));
        Assert.Equal(("control", "signalr", "control"), (span.Attributes["netclaw.listener"], span.Attributes["netclaw.wire"], span.Attributes["client.address"]));
        Assert.Equal(("granted", "ok"), (span.Attributes["netclaw.outcome"], span.Attributes["netclaw.code"]));
        Assert.Equal(("control-socket", "operator"), (span.Attributes["netclaw.auth.method"], span.Attributes["netclaw.role"]));
        Assert.StartsWith("s_", span.Attributes["netclaw.session.id"], StringComparison.Ordinal);
        AssertChecks(ListenerKind.Control, "local-operator", "granted", span);
        Assert.InRange(span.Took, TimeSpan.FromMicroseconds(1), GatewayHost.Bound);
        AssertOnlyKnownWords(span);
    }

    [Fact]
    public async Task OneTraceIsSent_ForAHandshakeThatIsRefused()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var daemon = await DaemonProcess.StartAsync(null, To(collector));
        using var hub = await RawHub.OpenAsync(daemon.Address);
        await hub.CallAsync("1", "connect", RawHub.PlainConnect);
        Assert.Equal("unauthorized", await hub.ClosingAsync());

        var span = await collector.SpanAsync(one => one.Attributes["netclaw.listener"] == "tcp");
        Assert.Equal(("refused", "unauthorized"), (span.Attributes["netclaw.outcome"], span.Attributes["netclaw.code"]));
        Assert.Equal("127.0.0.1", span.Attributes["client.address"]);
        Assert.DoesNotContain("netclaw.auth.method", span.Attributes.Keys);
        AssertChecks(ListenerKind.Tcp, "shared-secret", "refused", span);
        AssertOnlyKnownWords(span);
    }

    [Fact]
    public async Task OneTraceIsSent_ForAHandshakeWithAPairingInIt()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var daemon = await DaemonProcess.StartAsync(null, To(collector));
        using var phone = new TestDevice("phone");
        await using var owner = await daemon.OperatorAsync();
        var code = await TestDevice.MintAsync(owner);
        await using var connection = await GatewayHost.OpenAsync(daemon.Tcp);
        await phone.Pairing(connection).ByCodeAsync(code, CancellationToken.None).WaitAsync(GatewayHost.Bound);

        var span = await collector.SpanAsync(one => one.Attributes["netclaw.listener"] == "tcp");
        Assert.Equal(("granted", "ok", "device-key"), (span.Attributes["netclaw.outcome"], span.Attributes["netclaw.code"], span.Attributes["netclaw.auth.method"]));
        Assert.Equal(("netclaw.pairing", "code"), (span.Events[^1].Name, span.Events[^1].Attributes[HandshakeWords.Flow]));
        AssertChecks(ListenerKind.Tcp, "pairing-offer", "must-pair", span with { Events = [.. span.Events.SkipLast(1)] });
        AssertOnlyKnownWords(span);
    }

    [Fact]
    public async Task AClientsOwnTrace_IsNobodysParent()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var daemon = await DaemonProcess.StartAsync("""{"logging": {"level": "Debug"}}""", To(collector));
        using var hub = await RawHub.OpenAsync(
            daemon.Address, ("traceparent", $"00-{Foreign}-b7ad6b7169203331-00"), ("tracestate", "vendor=canary-state"), ("baggage", "key=canary-baggage"));
        await hub.CallAsync("1", "connect", RawHub.PlainConnect);
        Assert.Equal("unauthorized", await hub.ClosingAsync());

        // Not sampled, said the client; it is all the same, and under an id of our own.
        var span = await collector.SpanAsync(one => one.Attributes["netclaw.listener"] == "tcp");
        Assert.False(span.HasParent);
        Assert.NotEqual(Foreign, span.TraceId);
        await daemon.StopAsync();
        Assert.All(collector.All, one => Assert.Equal(-1, one.Body.AsSpan().IndexOf(Convert.FromHexString(Foreign))));
        Assert.False(collector.Holds("canary"));
        Assert.False(collector.Holds(Foreign));
    }

    [Fact]
    public async Task MetricsAndLogs_AreSentToo()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var daemon = await DaemonProcess.StartAsync(
            null, [.. To(collector), ("OTEL_SERVICE_NAME", "front-door"), ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test"), ("OTEL_EXPORTER_OTLP_HEADERS", "x-key=canary-header")]);
        await using var owner = await daemon.OperatorAsync();

        var span = await collector.SpanAsync(one => one.Resource.Count > 0);
        Assert.Equal(("front-door", "test"), (span.Resource["service.name"], span.Resource["deployment.environment.name"]));
        Assert.StartsWith("gw_", span.Resource["service.instance.id"], StringComparison.Ordinal);
        foreach (var name in (string[])["netclaw.handshakes", "netclaw.sessions", "netclaw.journal.write.duration", "process.cpu", "http.server.active_requests", "kestrel.active_connections"])
        {
            Assert.NotNull(await collector.MetricAsync(name));
        }

        var ready = await collector.LogAsync(line => line.Body.StartsWith("ready after ", StringComparison.Ordinal));
        Assert.Equal(("Netclaw.Daemon", 9ul), (ready.Category, ready.Severity));
        Assert.Contains(daemon.Address.ToString(), ready.Attributes["Endpoints"], StringComparison.Ordinal);
        Assert.All(collector.All, one => Assert.Equal("canary-header", one.Headers["x-key"]));
        Assert.False(collector.Holds("canary-header"));

        // The last words are sent before the process ends.
        await daemon.StopAsync();
        Assert.Contains(collector.All.Where(one => one.IsLogs).SelectMany(one => Otlp.Logs(one.Body)), line => line.Body == "stopped");
    }

    [Fact]
    public async Task TheMetricsPage_IsAsItWas()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var daemon = await DaemonProcess.StartAsync(null, To(collector));
        await using var owner = await daemon.OperatorAsync();
        await collector.MetricAsync("netclaw.handshakes");
        var (status, text) = await PlainClient.GetAsync(daemon.ControlSocket, "/metrics").WaitAsync(GatewayHost.Bound);

        // Counted after it was answered, so asked for after the count was sent.
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Matches("(?m)^netclaw_handshakes_total\\{code=\"ok\"\\} 1$", text);
        Assert.DoesNotContain("kestrel", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LogsKeepTheDaemonsLevel()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var daemon = await DaemonProcess.StartAsync("""{"logging": {"level": "Warning"}}""", [.. To(collector), ("OTEL_METRIC_EXPORT_INTERVAL", "100")]);
        await using var owner = await daemon.OperatorAsync();
        await collector.SpanAsync(one => one.Name == HandshakeWords.Span);
        await daemon.StopAsync();

        Assert.All(collector.All.Where(one => one.IsLogs).SelectMany(one => Otlp.Logs(one.Body)), line => Assert.InRange(line.Severity, 13ul, 24ul));
    }

    [Fact]
    public async Task OnlyWhatHasAnEndpoint_IsSent()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var daemon = await DaemonProcess.StartAsync(
            null, [("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", collector.Endpoint + "/their/traces"), ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf"), .. Soon]);
        await using var owner = await daemon.OperatorAsync();
        await collector.SpanAsync(one => one.Name == HandshakeWords.Span);
        await daemon.StopAsync();

        Assert.All(collector.All, one => Assert.Equal("/their/traces", one.Path));
        Assert.Contains("telemetry goes out by OTLP: Traces\n", daemon.Log, StringComparison.Ordinal);
    }

    internal static (string Name, string Value)[] To(OtlpCollector collector, bool grpc = false) =>
        [("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Endpoint), ("OTEL_EXPORTER_OTLP_PROTOCOL", grpc ? "grpc" : "http/protobuf"), .. Soon];

    /// <summary>One event for each check of the policy up to the one that answered, and none after it.</summary>
    private static void AssertChecks(ListenerKind listener, string last, string decision, ReceivedSpan span)
    {
        var names = TrustPolicy.Default.Checks(listener).Select(check => check.Name).ToList();
        var ran = names.Take(names.IndexOf(last) + 1).ToList();
        Assert.All(span.Events, said => Assert.Equal(HandshakeWords.CheckEvent, said.Name));
        Assert.Equal(ran, span.Events.Select(said => said.Attributes[HandshakeWords.Check]));
        Assert.Equal(
            ran.Select(name => name != last || decision != "refused" ? "true" : "false"), span.Events.Select(said => said.Attributes[HandshakeWords.Passed]));
        Assert.All(span.Events.SkipLast(1), said => Assert.DoesNotContain(HandshakeWords.Decision, said.Attributes.Keys));
        Assert.Equal(decision, span.Events[^1].Attributes[HandshakeWords.Decision]);
    }

    private static void AssertOnlyKnownWords(ReceivedSpan span)
    {
        Assert.Subset(HandshakeWords.Attributes.Select(word => word.Name).ToHashSet(), span.Attributes.Keys.ToHashSet());
        Assert.Subset(HandshakeWords.EventAttributes.Select(word => word.Name).ToHashSet(), span.Events.SelectMany(said => said.Attributes.Keys).ToHashSet());
    }
}
