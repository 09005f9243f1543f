using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Hosting;
using Akka.Hosting.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Netclaw.Runtime.Contract.Hosting;

/// <summary>The hosted test kit, on itself.</summary>
public sealed class HostedTestKitTests : TestKit
{
    protected override Config? Config => "netclaw.test = 7";

    protected override void ConfigureServices(HostBuilderContext context, IServiceCollection services) => services.AddSingleton<Service>();

    protected override void ConfigureAkka(AkkaConfigurationBuilder builder, IServiceProvider provider)
        => builder.WithActors((system, registry) => registry.Register<Key>(system.ActorOf(Props.Create<TestKitSelf.Echo>(), "echo")));

    [Fact]
    public async Task TheTestRunsInTheHost_WithItsActorsStarted()
    {
        var echo = await ActorRegistry.GetAsync<Key>();
        echo.Tell("hello", TestActor);
        await ExpectMsgAsync("hello");
        Assert.NotNull(Host.Services.GetService<Service>());
        Assert.Equal(7, Sys.Settings.Config.GetInt("netclaw.test"));
    }

    [Fact]
    public void EventFiltersWork() => EventFilter.Warning("careful").ExpectOne(() => Sys.Log.Warning("careful"));

    private sealed class Key;

    private sealed class Service;
}
