using Akka.Actor;
using Netclaw.Runtime.Contract.Actors;

namespace Netclaw.Runtime.Contract.EventStream;

public sealed class EventStreamTests : ActorHarness
{
    [Fact]
    public async Task Subscription_CoversSubtypesAndInterfaces()
    {
        var animals = Subscribe<Animal>();
        var pets = Subscribe<IPet>();
        System.EventStream.Publish(new Dog());
        System.EventStream.Publish(new Wolf());
        Assert.IsType<Dog>(await animals.Next());
        Assert.IsType<Wolf>(await animals.Next());
        Assert.IsType<Dog>(await pets.Next());
        await pets.ExpectNothingMore();
    }

    [Fact]
    public async Task Unsubscribe_EndsIt()
    {
        var animals = Subscribe<Animal>();
        System.EventStream.Publish(new Dog());
        Assert.IsType<Dog>(await animals.Next());
        Assert.True(System.EventStream.Unsubscribe(animals.Ref, typeof(Animal)));
        System.EventStream.Publish(new Dog());
        await animals.ExpectNothingMore();
    }

    [Fact]
    public async Task Publishes_OncePerSubscriber()
    {
        var pets = Subscribe<IPet>();
        System.EventStream.Subscribe(pets.Ref, typeof(Dog));
        System.EventStream.Publish(new Dog());
        Assert.IsType<Dog>(await pets.Next());
        await pets.ExpectNothingMore();
    }

    private interface IPet;

    private abstract class Animal;

    private sealed class Dog : Animal, IPet;

    private sealed class Wolf : Animal;
}
