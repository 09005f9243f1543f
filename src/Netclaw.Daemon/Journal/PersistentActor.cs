using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Hosting;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Conversations.Transcripts;
using Netclaw.Actors.Cron;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Hosting;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Nodes.Queues;
using Netclaw.Actors.Spawning;

namespace Netclaw.Daemon.Journal;

/// <summary>
/// An actor that writes to the journal for as long as the daemon lives. Each has its line in <see cref="All"/>, a test says so. One that comes
/// and goes is started again by whoever needs it, not from here.
/// </summary>
/// <param name="Actor">Its class, a <see cref="NetclawPersistentActor{TEvent,TSnapshot}"/>.</param>
/// <param name="Key">What it is found by.</param>
/// <param name="Name">Of its first incarnation.</param>
internal sealed record PersistentActor(Type Actor, Type Key, string Name, Func<ActorSystem, IDependencyResolver, string, IActorRef> Start)
{
    public static IReadOnlyList<PersistentActor> All { get; } =
    [
        Of<DeviceRegistryActor, DeviceRegistryKey>("registry", JournalSetup.StartRegistry),
        Of<NodeQueuesActor, NodeQueuesKey>("node-queues", JournalSetup.StartQueues),
        Of<ConversationsActor, ConversationsKey>("conversations", JournalSetup.StartConversations),
        Of<RunsActor, RunsKey>("runs", JournalSetup.StartRuns),
        Of<CronActor, CronKey>("cron", JournalSetup.StartCron),
    ];

    /// <summary>Those that come and go: each is a child of one in <see cref="All"/>, which starts it when it is needed.</summary>
    public static IReadOnlyList<Type> Passing { get; } = [typeof(ConversationActor), typeof(TranscriptReader)];

    /// <summary>A new incarnation under another name, found by the same key from now on.</summary>
    public IActorRef StartAgain(ActorSystem system, int times)
    {
        var fresh = Start(system, DependencyResolver.For(system).Resolver, $"{Name}-{times}");
        ActorRegistry.For(system).TryRegister(Key, fresh, overwrite: true);
        return fresh;
    }

    private static PersistentActor Of<TActor, TKey>(string name, Func<ActorSystem, IDependencyResolver, string, IActorRef> start)
        where TActor : ActorBase => new(typeof(TActor), typeof(TKey), name, start);
}
