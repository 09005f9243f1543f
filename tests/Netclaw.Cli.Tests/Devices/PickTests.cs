using System.Collections.Immutable;
using Netclaw.Cli.Devices;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Devices;

public sealed class PickTests
{
    private static readonly ImmutableArray<PairedDevice> Devices = [Device(1, "laptop"), Device(2, "phone"), Device(2, "phone (2)", last: 9)];

    [Theory]
    [InlineData("laptop", "laptop")]
    [InlineData("phone", "phone")]
    [InlineData("phone (2)", "phone (2)")]
    [InlineData("d_01", "laptop")]
    [InlineData("01", "laptop")]
    public void Finds_ByNameOrStartOfTheId(string typed, string expected) => Assert.Equal(expected, Pick.Device(typed, Devices).Name);

    [Fact]
    public void Finds_ByTheWholeId() => Assert.Equal("phone", Pick.Device(Devices[1].DeviceId.ToString(), Devices).Name);

    [Fact]
    public void NeverGuesses_BetweenTwo()
    {
        var failure = Assert.Throws<CommandFailure>(() => Pick.Device("d_02", Devices));

        Assert.Equal("ambiguous_name", failure.Error.Code);
        Assert.Contains("d_02020202 (phone), d_02020202 (phone (2))", failure.Error.Message);
        Assert.Equal(ExitCodes.Usage, failure.ExitCode);
    }

    [Fact]
    public void SuggestsTheNearest_WhenNothingMatches()
    {
        var failure = Assert.Throws<CommandFailure>(() => Pick.Device("laptpo", Devices));

        Assert.Equal("device_not_found", failure.Error.Code);
        Assert.Contains("Did you mean 'laptop'?", failure.Error.Message);
        Assert.Throws<CommandFailure>(() => Pick.Device("", Devices));
    }

    [Fact]
    public void PassesAWholeRequestIdOn_WhenItIsNotWaiting()
    {
        var id = PairingRequestId.New();

        Assert.Equal((id, null), Pick.Request(id.ToString(), []));
        Assert.Equal("pairing_request_not_found", Assert.Throws<CommandFailure>(() => Pick.Request("r_none", [])).Error.Code);
    }

    private static PairedDevice Device(byte fill, string name, byte? last = null)
    {
        var hash = Enumerable.Repeat(fill, 32).ToArray();
        hash[31] = last ?? fill;
        return new PairedDevice(
            DeviceId.FromKeyHash(hash), SigningKey.Generate().Public, name, null, "paired", [Role.Operator], ScopeSet.ReadWrite, "code", "x", 0, null, false, null);
    }
}
