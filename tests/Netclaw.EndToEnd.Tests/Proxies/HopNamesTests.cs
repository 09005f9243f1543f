using Netclaw.EndToEnd.Tests.Proxies.Fronts;

namespace Netclaw.EndToEnd.Tests.Proxies;

/// <summary>Names in <c>Connection</c> reach the evidence, although the web server likes to shorten that header: straight at the gateway, no proxy needed.</summary>
public sealed class HopNamesTests(LocalGateway gateway) : IClassFixture<LocalGateway>
{
    [Theory]
    [InlineData(200, "Connection: keep-alive")]
    [InlineData(200, "Connection: close")]
    [InlineData(401, "Connection: keep-alive, X-Forwarded-For")]
    [InlineData(401, "Connection: x_forwarded_for")]
    [InlineData(401, "Connection: keep-alive\r\nConnection: Forwarded")]
    [InlineData(400, "Connection: keep-alive, X-Forwarded-For\0")]
    public async Task RequestThatAsksForAForwardingHeaderToBeDropped_IsNotFromThisMachine(int status, string line)
    {
        await using var connection = await RawConnection.OpenAsync(gateway.EndPoint);
        await connection.SendAsync($"GET /metrics HTTP/1.1\r\nHost: {connection.Host}\r\n{line}\r\n\r\n");

        Assert.Equal(status, (await connection.AnswerAsync())!.Status);
    }
}
