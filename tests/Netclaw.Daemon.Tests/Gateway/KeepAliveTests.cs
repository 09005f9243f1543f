using Netclaw.Daemon.Transports.Gateway;

namespace Netclaw.Daemon.Tests.Gateway;

public sealed class KeepAliveTests
{
    [Fact]
    public void ASilentClient_IsPingedAfter25Seconds_AndGoneWhenItSaysNothingForAsLong() =>
        Assert.Equal((25, 25), (GatewaySetup.WebSockets.KeepAliveInterval.TotalSeconds, GatewaySetup.WebSockets.KeepAliveTimeout.TotalSeconds));
}
