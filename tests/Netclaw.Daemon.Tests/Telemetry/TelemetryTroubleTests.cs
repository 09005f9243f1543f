using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests.Telemetry;

/// <summary>Collectors that are away, and telemetry that nobody asked for: the gateway is the same.</summary>
public sealed class TelemetryTroubleTests
{
    private static readonly TimeSpan FlushBound = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task NothingOfOpenTelemetryIsLoaded_WithoutAnEndpoint()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using (var asked = await DaemonProcess.StartAsync(null, TelemetryExportTests.To(collector)))
        {
            // The control: here they are, so there they would be seen.
            Assert.Contains("OpenTelemetry.dll", asked.Assemblies());
            Assert.Contains("OpenTelemetry.Exporter.OpenTelemetryProtocol.dll", asked.Assemblies());
        }

        await using (var disabled = await DaemonProcess.StartAsync(null, [.. TelemetryExportTests.To(collector), ("OTEL_SDK_DISABLED", "true")]))
        {
            await using var owner = await disabled.OperatorAsync();
            Assert.DoesNotContain(disabled.Assemblies(), name => name.StartsWith("OpenTelemetry", StringComparison.Ordinal));
        }

        await using var plain = await DaemonProcess.StartAsync(null, ("OTEL_SERVICE_NAME", "front-door"));
        await using var operated = await plain.OperatorAsync();
        Assert.Contains("netclawd.dll", plain.Assemblies());
        Assert.DoesNotContain(plain.Assemblies(), name => name.StartsWith("OpenTelemetry", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task TheGatewayIsItself_WhenNobodyListensAtTheEndpoint(string protocol)
    {
        await using var daemon = await DaemonProcess.StartAsync(
            null, ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{ClosedPort()}"), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol), ("OTEL_BSP_SCHEDULE_DELAY", "20"), ("OTEL_BLRP_SCHEDULE_DELAY", "20"));
        for (var i = 0; i < 20; i++)
        {
            await using var owner = await daemon.OperatorAsync();
        }

        Assert.Equal(HttpStatusCode.OK, (await PlainClient.GetAsync(daemon.Address, "/readyz").WaitAsync(GatewayHost.Bound)).Status);
        await daemon.SaidAsync("telemetry is not delivered");
        await daemon.StopAsync();

        Assert.Single(Regex.Matches(daemon.Log, "telemetry is not delivered to http://127\\.0\\.0\\.1:[0-9]+: .*refused", RegexOptions.None, TimeSpan.FromSeconds(5)));
        Assert.Single(Regex.Matches(daemon.Log, "telemetry is not delivered", RegexOptions.None, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task TheStopIsBounded_WhenTheCollectorNeverAnswers()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        TimeSpan undisturbed;
        await using (var plain = await DaemonProcess.StartAsync())
        {
            await using var first = await plain.OperatorAsync();
            undisturbed = await plain.StopAsync();
        }

        await using var daemon = await DaemonProcess.StartAsync(
            null, ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://{silent.LocalEndpoint}"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "20"));
        await using var owner = await daemon.OperatorAsync();
        using var held = await silent.AcceptSocketAsync().WaitAsync(GatewayHost.Bound);
        var took = await daemon.StopAsync();

        // Three times the bound is for a busy machine; unbounded it would be the exporter's ten seconds.
        Assert.InRange(took - undisturbed, TimeSpan.FromSeconds(-5), 3 * FlushBound);
        Assert.Contains(": the last export of telemetry did not end within its budget", daemon.Log.Replace("] ", ": ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(2, daemon.Log.Split("did not end within its budget").Length);
    }

    [Fact]
    public async Task FailuresAreSaidOnce_AndTheirEndToo()
    {
        await using var collector = await OtlpCollector.StartAsync();
        collector.Answer = HttpStatusCode.Forbidden;
        await using var daemon = await DaemonProcess.StartAsync(null, TelemetryExportTests.To(collector));
        await collector.CountAsync(12);
        collector.Answer = HttpStatusCode.OK;
        await using (var owner = await daemon.OperatorAsync())
        {
            await daemon.SaidAsync("telemetry is delivered to ");
        }

        await daemon.StopAsync();
        Assert.Single(Regex.Matches(daemon.Log, "telemetry is not delivered", RegexOptions.None, TimeSpan.FromSeconds(5)));
        Assert.Single(Regex.Matches(daemon.Log, $"telemetry is delivered to {collector.Endpoint} again", RegexOptions.None, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task WhatCannotBeExported_IsSaidAndLeftOut()
    {
        await using var daemon = await DaemonProcess.StartAsync(null, ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector.example.org:4317/canary"));
        await daemon.StopAsync();

        Assert.Contains("telemetry is not exported as asked: OTEL_EXPORTER_OTLP_ENDPOINT is no address", daemon.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", daemon.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("telemetry goes out", daemon.Log, StringComparison.Ordinal);
    }

    /// <summary>Bound a moment ago and let go: nothing listens there.</summary>
    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
