using Netclaw.Cli.Devices;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Output;
using Netclaw.Cli.Connections;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Devices;

public sealed class DeviceTablesTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);
    private static readonly PublicKey Key = SigningKey.Generate().Public;
    private static readonly ReachedBy Control = new("control", "unix:/h/run/control.sock", "control-socket");

    [Fact]
    public void FitsEightyColumns_WithEverythingLong()
    {
        var request = new PendingPairing(
            PairingRequestId.New(), Key.DeviceId, Key, new string('n', 64), "linux", Role.Operator, ScopeSet.All, "2001:db8:1234:5678:9abc:def0:1234:5678",
            "ABCD-EFGH", Ms(-60), Ms(240));
        var device = new PairedDevice(
            Key.DeviceId, Key, new string('m', 64), "linux", "internal", [Role.Operator, Role.Node], ScopeSet.All, "code", "x", Ms(-86_400), null, false, Ms(-7200));
        var report = new DevicesReport([request], [device], 3, Control);

        Assert.All(DeviceTables.Pending(report, Now).Lines(80), line => Assert.True(line.Length <= 80, line));
        Assert.All(DeviceTables.Paired(report, Now).Lines(80), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void ShowsTheSymbolsAndTheTimeLeft_OfAPendingRequest()
    {
        var id = PairingRequestId.New();
        var request = new PendingPairing(id, Key.DeviceId, Key, "laptop", null, Role.Operator, ScopeSet.ReadWrite, "10.0.0.7", "ABCD-EFGH", Ms(-60), Ms(90));

        var line = DeviceTables.Pending(new DevicesReport([request], [], 0, Control), Now).Lines(120).Last();

        Assert.Equal($"{id}  laptop  ABCD-EFGH  operator  read, write  10.0.0.7  in 90 s", line);
    }

    [Theory]
    [InlineData(true, null, null, "connected")]
    [InlineData(false, -30, null, "30 s ago")]
    [InlineData(false, null, null, "-")]
    [InlineData(false, -30, -7200, "revoked 2 h ago")]
    public void Says_WhenADeviceWasSeen(bool connected, int? seen, int? revoked, string expected)
    {
        var device = new PairedDevice(
            Key.DeviceId, Key, "phone", null, "paired", [Role.Operator], ScopeSet.ReadWrite, "code", "x", Ms(-600), seen is { } s ? Ms(s) : null, connected,
            revoked is { } r ? Ms(r) : null);

        var line = DeviceTables.Paired(new DevicesReport([], [device], 0, Control), Now).Lines(200).Last();

        Assert.Equal($"{Key.DeviceId.Short}  phone  paired  operator  read, write  10 min ago  {expected}", line);
    }

    [Fact]
    public void FitsEightyColumns_WithSessions()
    {
        var live = new LiveConnection(
            SessionId.New(), "AwaitingPairing", Key.DeviceId, new string('n', 64), null, Role.Operator, ScopeSet.All, "control/signalr", "10.0.0.7:41234", null, Ms(-1));

        Assert.All(ListConnections.Rows(new ConnectionsReport([live], Control), Now).Lines(80), line => Assert.True(line.Length <= 80, line));
    }

    private static long Ms(int seconds) => Now.AddSeconds(seconds).ToUnixTimeMilliseconds();
}
