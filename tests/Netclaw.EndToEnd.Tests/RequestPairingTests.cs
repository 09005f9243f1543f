using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests;

/// <summary>Request first: the device asks and waits, an operator compares and decides.</summary>
public sealed class RequestPairingTests
{
    [Fact]
    public async Task Approval_WakesTheWaitingDevice()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        await using var waiting = device.Start(null, "pair", host.Url, "--request", "--name", "tablet", "--json");
        var shown = await SymbolsAsync(waiting);

        var pending = Assert.Single((await host.JsonAsync("devices", "list")).GetProperty("pending").EnumerateArray());
        Assert.Equal(shown.GetProperty("symbols").GetString(), pending.GetProperty("symbols").GetString());
        Assert.Equal(shown.GetProperty("requestId").GetString(), pending.GetProperty("requestId").GetString());
        Assert.Equal("tablet", pending.GetProperty("name").GetString());
        Assert.False(waiting.HasExited);

        var approved = await host.JsonAsync("devices", "approve", "tablet", "--symbols", shown.GetProperty("symbols").GetString()!);
        Assert.Equal("tablet", approved.GetProperty("device").GetProperty("name").GetString());
        var paired = (await waiting.FinishAsync()).Expect(ExitCodes.Ok).Json();
        Assert.Equal(approved.GetProperty("device").GetProperty("deviceId").GetString(), paired.GetProperty("deviceId").GetString());
        Assert.Equal("device-key", (await device.JsonAsync("status")).GetProperty("you").GetProperty("method").GetString());
    }

    [Fact]
    public async Task Rejection_EndsTheWaitWithItsReason()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        await using var waiting = device.Start(null, "pair", host.Url, "--request", "--json");
        var id = (await SymbolsAsync(waiting)).GetProperty("requestId").GetString()!;

        await host.JsonAsync("devices", "reject", id[..6], "--reason", "not today");

        var refused = (await waiting.FinishAsync()).Expect(ExitCodes.Refused);
        Assert.Equal("pairing_rejected", refused.Code());
        Assert.Contains("not today", refused.Error);
        Assert.False(File.Exists(device.Home.Profiles));
        Assert.Empty((await host.JsonAsync("devices", "list")).GetProperty("pending").EnumerateArray());
    }

    [Fact]
    public async Task Approval_NeedsTheSymbolsThatTheDeviceShows()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        await using var waiting = device.Start(null, "pair", host.Url, "--request", "--json");
        var shown = await SymbolsAsync(waiting);
        var id = shown.GetProperty("requestId").GetString()!;
        var symbols = shown.GetProperty("symbols").GetString()!;

        Assert.Equal("pairing_symbols_required", (await host.RunAsync("devices", "approve", id, "--json")).Expect(ExitCodes.Refused).Code());
        var wrong = (symbols[0] == 'A' ? 'B' : 'A') + symbols[1..];
        Assert.Equal("pairing_symbols_mismatch", (await host.RunAsync("devices", "approve", id, "--symbols", wrong, "--json")).Expect(ExitCodes.Refused).Code());
        Assert.False(waiting.HasExited);

        await host.JsonAsync("devices", "approve", id, "--symbols", symbols.ToLowerInvariant(), "--scopes", "read", "--name", "reader");
        var paired = (await waiting.FinishAsync()).Expect(ExitCodes.Ok).Json();
        Assert.Equal("reader", paired.GetProperty("deviceName").GetString());
        Assert.Equal("""["operator.read"]""", paired.GetProperty("scopes").GetRawText());
    }

    [Fact]
    public async Task Wait_EndsWithTheTimeThatWasGiven()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();

        Assert.Equal("timed_out", (await device.RunAsync("pair", host.Url, "--request", "--timeout", "1s", "--json")).Expect(ExitCodes.TimedOut).Code());
    }

    [Fact]
    public async Task Stopping_EndsTheWaitAsCancelled()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        await using var waiting = device.Start(null, "pair", host.Url, "--request", "--json");
        await SymbolsAsync(waiting);

        Signal.Send(waiting.Pid, Signal.Interrupt);

        Assert.Equal("cancelled", (await waiting.FinishAsync()).Expect(ExitCodes.Cancelled).Code());
    }

    /// <summary>The line in which the device says what to compare.</summary>
    private static async Task<JsonElement> SymbolsAsync(Running waiting)
    {
        var line = await Eventually.IsAsync(
            async () => waiting.HasExited
                ? throw new InvalidOperationException((await waiting.FinishAsync()).ToString())
                : waiting.Error.Split('\n').FirstOrDefault(line => line.Contains("\"waiting\"", StringComparison.Ordinal) && line.EndsWith('}')),
            "the device shows its symbols");
        return JsonSerializer.Deserialize<JsonElement>(line);
    }
}
