using Akka.Actor;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Netclaw.Runtime.Contract.Hosting;

public sealed class HostingTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Host_StartsActorsInOrder_ThenStartupTasks_AndEndsTheSystem()
    {
        var order = new List<string>();
        using var host = Build(akka => akka
            .AddStartup((_, _) => order.Add("startup"))
            .WithActors((_, _) => order.Add("first"))
            .WithActors(async (_, _) =>
            {
                await Task.Yield();
                order.Add("second");
            }));
        await host.StartAsync().WaitAsync(Limit);
        Assert.Equal(["first", "second", "startup"], order);
        var system = host.Services.GetRequiredService<ActorSystem>();
        await host.StopAsync().WaitAsync(Limit);
        await system.WhenTerminated.WaitAsync(Limit);
        Assert.Same(CoordinatedShutdown.ClrExitReason.Instance, CoordinatedShutdown.Get(system).ShutdownReason);
    }

    [Fact]
    public async Task RequiredActor_GivesTheRegisteredActor()
    {
        using var host = Build(akka => akka.WithActors((system, registry) => registry.Register<Key>(system.ActorOf(Props.Create<TestKitSelf.Echo>(), "echo"))));
        await host.StartAsync().WaitAsync(Limit);
        var required = host.Services.GetRequiredService<IRequiredActor<Key>>();
        Assert.Equal("hello", await required.ActorRef.Ask<string>("hello", Limit));
        Assert.Equal(required.ActorRef, await required.GetAsync().WaitAsync(Limit));
        await host.StopAsync().WaitAsync(Limit);
    }

    [Fact]
    public async Task AnActor_TakesServicesAndArguments()
    {
        using var host = Build(
            akka => akka.WithActors((system, registry, resolver) => registry.Register<Key>(system.ActorOf(resolver.Props<Greeter>("Ada")))),
            services => services.AddSingleton(new Greeting("Hello")));
        await host.StartAsync().WaitAsync(Limit);
        var actor = host.Services.GetRequiredService<ActorRegistry>().Get<Key>();
        Assert.Equal("Hello, Ada", await actor.Ask<string>("greet", Limit));
        await host.StopAsync().WaitAsync(Limit);
    }

    [Fact]
    public async Task AnActorWithServices_IsMadeAnewOnRestart()
    {
        using var host = Build(_ => { }, services => services.AddSingleton(new Greeting("Hello")));
        await host.StartAsync().WaitAsync(Limit);
        var system = host.Services.GetRequiredService<ActorSystem>();
        var actor = system.ActorOf(DependencyResolver.For(system).Props<Greeter>("Ada"));
        actor.Tell("break");
        Assert.Equal("Hello, Ada", await actor.Ask<string>("greet", Limit));
        await host.StopAsync().WaitAsync(Limit);
    }

    [Fact]
    public async Task HoconModes_PutConfigurationInFrontBehindOrInPlace()
    {
        using var host = Build(akka => akka
            .AddHocon("lost = 1", HoconAddMode.Append)
            .AddHocon("a = 1", HoconAddMode.Replace)
            .AddHocon("a = 2, b = 2", HoconAddMode.Append)
            .AddHocon("b = 3, c = 3", HoconAddMode.Prepend));
        await host.StartAsync().WaitAsync(Limit);
        var config = host.Services.GetRequiredService<ActorSystem>().Settings.Config;
        Assert.Equal((1, 3, 3, false), (config.GetInt("a"), config.GetInt("b"), config.GetInt("c"), config.HasPath("lost")));
        await host.StopAsync().WaitAsync(Limit);
    }

    [Fact]
    public async Task HoconFile_IsRead()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("netclaw-hosting-").FullName, "akka.conf");
        try
        {
            await File.WriteAllTextAsync(file, "netclaw.test = 7");
            using var host = Build(akka => akka.AddHoconFile(file, HoconAddMode.Prepend));
            await host.StartAsync().WaitAsync(Limit);
            Assert.Equal(7, host.Services.GetRequiredService<ActorSystem>().Settings.Config.GetInt("netclaw.test"));
            await host.StopAsync().WaitAsync(Limit);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    [Fact]
    public async Task Host_StopsWhenTheSystemEndsByItself()
    {
        using var host = Build(_ => { });
        await host.StartAsync().WaitAsync(Limit);
        var stopping = new TaskCompletionSource();
        using var registration = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        await host.Services.GetRequiredService<ActorSystem>().Terminate().WaitAsync(Limit);
        await stopping.Task.WaitAsync(Limit);
        await host.StopAsync().WaitAsync(Limit);
    }

    [Fact]
    public async Task Extensions_AreMadeWhenTheHostStarts()
    {
        using var host = Build(akka => akka.WithExtension<CounterId>());
        await host.StartAsync().WaitAsync(Limit);
        Assert.True(host.Services.GetRequiredService<ActorSystem>().HasExtension<Counter>());
        await host.StopAsync().WaitAsync(Limit);
    }

    [Fact]
    public void DependencyResolver_NeedsItsSetup()
    {
        using var system = ActorSystem.Create("bare");
        Assert.ThrowsAny<Exception>(() => DependencyResolver.For(system));
    }

    private static IHost Build(Action<AkkaConfigurationBuilder> configure, Action<IServiceCollection>? services = null)
        => new HostBuilder()
            .ConfigureServices(collection =>
            {
                services?.Invoke(collection);
                collection.AddAkka("hosted", akka => configure(akka.AddHocon("akka.loglevel = ERROR", HoconAddMode.Prepend)));
            })
            .Build();

    private sealed class Key;

    private sealed class Counter : IExtension;

    private sealed class CounterId : ExtensionIdProvider<Counter>
    {
        public override Counter CreateExtension(ExtendedActorSystem system) => new();
    }

    private sealed record Greeting(string Word);

    private sealed class Greeter(Greeting greeting, string name) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is "break") throw new InvalidOperationException("as told");
            Sender.Tell($"{greeting.Word}, {name}", Self);
        }
    }
}
