using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>A device takes another key, over real sockets.</summary>
public sealed class KeyRotationTests : IAsyncLifetime
{
    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task TheNewKey_IsLetIn_TheFormerIsShutOut_AndItsConnectionsEnd()
    {
        using var phone = new TestDevice("phone");
        using var next = new TestDevice("phone");
        await phone.PairAsync(_host);
        await using var other = await phone.ConnectAsync(_host);
        var (connection, hello) = await OpenAsync(phone);
        await using var own = connection;

        var rotated = await RotateAsync(own, hello, phone.Key, next.Key, phone.Key, next.Key);

        Assert.Equal((next.Id, phone.Id, "phone", 2), (rotated.DeviceId, rotated.FormerDeviceId, rotated.Name, rotated.ConnectionsClosed));
        Assert.Equal("device_changed", (await other.Closed.WaitAsync(GatewayHost.Bound)).Error.Code);
        Assert.Equal("device_changed", (await own.Closed.WaitAsync(GatewayHost.Bound)).Error.Code);
        Assert.Equal(RefusalCode.DeviceRevoked, (await Assert.ThrowsAsync<GatewayException>(() => phone.ConnectAsync(_host))).Code);
        _host = await _host.RestartAsync();
        await using var again = await next.ConnectAsync(_host);
        Assert.Equal(RefusalCode.DeviceRevoked, (await Assert.ThrowsAsync<GatewayException>(() => phone.ConnectAsync(_host))).Code);
    }

    [Fact]
    public async Task WithoutBothSignatures_OrWithThoseOfAnotherConnection_NothingChanges()
    {
        using var phone = new TestDevice("phone");
        using var next = new TestDevice("phone");
        await phone.PairAsync(_host);
        var (connection, hello) = await OpenAsync(phone);
        await using var own = connection;
        var (second, another) = await OpenAsync(phone);
        await using var elsewhere = second;

        foreach (var attempt in (Func<Task>[])
            [() => RotateAsync(own, hello, phone.Key, next.Key, next.Key, next.Key), () => RotateAsync(own, hello, phone.Key, next.Key, phone.Key, phone.Key),
             () => RotateAsync(own, another, phone.Key, next.Key, phone.Key, next.Key)])
        {
            Assert.Equal(RefusalCode.DeviceSignatureInvalid, (await Assert.ThrowsAsync<GatewayException>(attempt)).Code);
        }

        await using var owner = await _host.OperatorAsync();
        Assert.Equal(RefusalCode.InvalidRequest, (await Assert.ThrowsAsync<GatewayException>(
            () => RotateAsync(owner, hello, phone.Key, next.Key, phone.Key, next.Key))).Code);
        await (await phone.ConnectAsync(_host)).DisposeAsync();
    }

    private async Task<(GatewayConnection Connection, HelloOk Hello)> OpenAsync(TestDevice device)
    {
        var connection = await GatewayHost.OpenAsync(_host.Tcp);
        var outcome = await connection.ConnectAsync(device.Request, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        return (connection, Assert.IsType<ConnectOutcome.Welcomed>(outcome).Hello);
    }

    private static Task<KeyRotateResult> RotateAsync(
        GatewayConnection connection, HelloOk hello, SigningKey former, SigningKey next, SigningKey firstSigner, SigningKey secondSigner)
    {
        var signed = NativeTranscript.Rekey(connection.GatewayKey, hello.Server.ConnId, former.Public.DeviceId, next.Public);
        return connection.CallAsync(
            KeyRotateParams.Method, new KeyRotateParams(next.Public, Base64UrlText.Encode(firstSigner.Sign(signed)), Base64UrlText.Encode(secondSigner.Sign(signed))),
            ProtocolJson.Default.KeyRotateParams, ProtocolJson.Default.KeyRotateResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);
    }
}
