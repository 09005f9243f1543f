using System.Text.Json.Serialization.Metadata;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>Changing devices that are paired and connected, over real sockets.</summary>
public sealed class DeviceChangeTests : IAsyncLifetime
{
    private static readonly ScopeSet Read = new(Scope.Read);

    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Narrowing_ClosesTheConnection_AndItComesBackNarrower()
    {
        using var phone = new TestDevice("phone");
        await phone.PairAsync(_host);
        await using var wide = await phone.ConnectAsync(_host);
        await using var owner = await _host.OperatorAsync();

        var set = await SetScopesAsync(owner, phone.Id, Read);

        Assert.Equal((Read, 1), (set.Device.Scopes, set.ConnectionsClosed));
        var closing = await wide.Closed.WaitAsync(GatewayHost.Bound);
        Assert.Equal(("device_changed", true), (closing.Error.Code, closing.Error.Retryable));
        await using var narrow = await phone.ConnectAsync(_host);
        Assert.Equal(Read, (await StatusAsync(narrow)).You.Scopes);
        var refused = await Assert.ThrowsAsync<GatewayException>(() => SetScopesAsync(narrow, phone.Id, ScopeSet.All));
        Assert.Equal(RefusalCode.MissingScope, refused.Code);
    }

    [Fact]
    public async Task ADeviceThatNarrowsItself_HearsTheAnswer_ThenIsClosed()
    {
        using var phone = new TestDevice("phone");
        await phone.PairAsync(_host);
        await using var own = await phone.ConnectAsync(_host);

        Assert.Equal(Read, (await SetScopesAsync(own, phone.Id, Read)).Device.Scopes);

        Assert.Equal("device_changed", (await own.Closed.WaitAsync(GatewayHost.Bound)).Error.Code);
    }

    [Fact]
    public async Task Renaming_TellsOperators_AndStandsAfterARestart()
    {
        using var phone = new TestDevice("phone");
        await phone.PairAsync(_host);
        await using (var owner = await _host.OperatorAsync())
        {
            var renamed = await CallAsync(
                owner, PairRenameParams.Method, new PairRenameParams(phone.Id, "kitchen"), ProtocolJson.Default.PairRenameParams, ProtocolJson.Default.PairRenameResult);
            Assert.Equal("kitchen", renamed.Label);
        }

        _host = await _host.RestartAsync();

        await using var connection = await phone.ConnectAsync(_host);
        Assert.Equal("kitchen", (await StatusAsync(connection)).You.DeviceName);
    }

    [Fact]
    public async Task AToken_IsShownOnce_KeptAsAHash_AndStandsAfterARestart()
    {
        var key = PublicKey.TryCreate(KeyAlgorithm.Ed25519, [.. Enumerable.Repeat((byte)7, 32)], out var made) ? made : throw new InvalidOperationException();
        await using var owner = await _host.OperatorAsync();
        await PairAsync(key);

        var rotated = await CallAsync(
            owner, TokenRotateParams.Method, new TokenRotateParams(key.DeviceId, Role.Operator, Read), ProtocolJson.Default.TokenRotateParams, ProtocolJson.Default.TokenRotateResult);

        Assert.Equal((Read, TokenRotateResult.InBand, 43), (rotated.Scopes, rotated.TokenDelivery, rotated.Token!.Reveal().Length));
        var hash = Actors.Trust.Secrets.DeviceTokens.HashOf(rotated.Token);
        Assert.DoesNotContain(rotated.Token.Reveal(), File.ReadAllText(Path.Combine(_host.Home.Root, "logs", "netclawd.log")), StringComparison.Ordinal);
        _host = await _host.RestartAsync();
        var token = Assert.Single(_host.Service<RegistryView>().Current!.Devices[key.DeviceId].Tokens);
        Assert.Equal((hash, Read), (token.Sha256, token.Scopes));
        foreach (var file in Directory.EnumerateFiles(_host.Home.Root, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".sock", StringComparison.Ordinal)))
        {
            Assert.False(await HoldsAsync(file, rotated.Token.Reveal()), $"{file} holds the token");
        }
    }

    [Fact]
    public async Task ADeviceThatWasConnected_IsListedWithWhen_AfterTheDaemonStopped()
    {
        using var phone = new TestDevice("phone");
        await phone.PairAsync(_host);
        await (await phone.ConnectAsync(_host)).DisposeAsync();

        _host = await _host.RestartAsync();

        await using var owner = await _host.OperatorAsync();
        var listed = await CallAsync(owner, PairListResult.Method, new PairListParams(), ProtocolJson.Default.PairListParams, ProtocolJson.Default.PairListResult);
        var seen = listed.Paired.Single(device => device.DeviceId == phone.Id);
        Assert.False(seen.Connected);
        Assert.InRange(seen.LastSeenMs ?? 0, seen.ApprovedAtMs, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
    }

    private static async Task<bool> HoldsAsync(string file, string text)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return (await reader.ReadToEndAsync()).Contains(text, StringComparison.Ordinal);
    }

    private async Task PairAsync(PublicKey key)
    {
        var registry = _host.Service<Akka.Hosting.IReadOnlyActorRegistry>().Get<Actors.Hosting.DeviceRegistryKey>();
        var paired = await Akka.Actor.Futures.Ask<RegistryReply>(registry, new RegistryCommand.PairSilently(
            1, DateTimeOffset.UnixEpoch, key, Role.Operator, ScopeSet.DeviceDefault, "protocol phone", null, Actors.Trust.SilentVia.Local, "test", "127.0.0.1"), GatewayHost.Bound);
        Assert.IsType<RegistryReply.Paired>(paired);
    }

    private static Task<ScopesSetResult> SetScopesAsync(GatewayConnection by, DeviceId device, ScopeSet scopes) =>
        CallAsync(by, ScopesSetParams.Method, new ScopesSetParams(device, scopes), ProtocolJson.Default.ScopesSetParams, ProtocolJson.Default.ScopesSetResult);

    private static Task<StatusResult> StatusAsync(GatewayConnection connection) =>
        connection.CallAsync(StatusResult.Method, ProtocolJson.Default.StatusResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);

    private static Task<TResult> CallAsync<TParams, TResult>(
        GatewayConnection by, string method, TParams parameters, JsonTypeInfo<TParams> form, JsonTypeInfo<TResult> result) =>
        by.CallAsync(method, parameters, form, result, CancellationToken.None).WaitAsync(GatewayHost.Bound);
}
