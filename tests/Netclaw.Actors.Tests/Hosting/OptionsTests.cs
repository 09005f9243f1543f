using Akka.Actor;
using Akka.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Sessions;

namespace Netclaw.Actors.Hosting;

public sealed class OptionsTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1_000_000, true)]
    [InlineData(1_000_001, false)]
    public void Sessions_AreBounded(int most, bool valid)
    {
        var result = new SessionOptionsValidator().Validate(null, new SessionOptions { Most = most });
        Assert.Equal(valid, result.Succeeded);
        Assert.True(valid || result.FailureMessage!.Contains("sessions.most", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(30, true)]
    [InlineData(3600, true)]
    [InlineData(3601, false)]
    public void Codes_LiveUpToAnHour(int seconds, bool valid)
    {
        var result = new PairingOptionsValidator().Validate(null, new PairingOptions { CodeLifetime = TimeSpan.FromSeconds(seconds) });
        Assert.Equal(valid, result.Succeeded);
        Assert.True(valid || result.FailureMessage!.Contains("pairing.codeLifetimeSeconds", StringComparison.Ordinal));
    }

    [Fact]
    public void MissingService_IsNamed()
    {
        using var services = new ServiceCollection().AddNetclawActorServices().BuildServiceProvider();
        var missing = Assert.Throws<InvalidOperationException>(() => new ServiceProviderDependencyResolver(services).HandlerParts(() => ActorRefs.Nobody, () => ActorRefs.Nobody, () => ActorRefs.Nobody, () => ActorRefs.Nobody, () => ActorRefs.Nobody));
        Assert.Contains(nameof(GatewayIdentity), missing.Message, StringComparison.Ordinal);
    }
}
