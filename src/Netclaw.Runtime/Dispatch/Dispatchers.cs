using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Dispatch;

/// <summary>The dispatchers a system's configuration describes, by path.</summary>
/// <remarks>Akka.NET documentation, "Dispatchers".</remarks>
public sealed class Dispatchers
{
    /// <summary>Its configuration path.</summary>
    public const string DefaultDispatcherId = "akka.actor.default-dispatcher";

    private readonly ConcurrentDictionary<string, MessageDispatcher> byId = new(StringComparer.Ordinal);
    private readonly Config config;

    internal Dispatchers(Config config)
    {
        this.config = config;
        DefaultGlobalDispatcher = Lookup(DefaultDispatcherId);
    }

    /// <summary>For actors that name none.</summary>
    public MessageDispatcher DefaultGlobalDispatcher { get; }

    /// <summary>Whether it is made or configured.</summary>
    public bool HasDispatcher(string id) => byId.ContainsKey(id) || config.HasPath(id);

    /// <exception cref="ConfigurationException">The configuration has no such dispatcher, or one of an unknown type.</exception>
    public MessageDispatcher Lookup(string dispatcherName) =>
        string.IsNullOrEmpty(dispatcherName) ? DefaultGlobalDispatcher
        : byId.TryGetValue(dispatcherName, out var known) ? known
        : Make(dispatcherName);

    internal void Register(MessageDispatcher dispatcher) => byId[dispatcher.Id] = dispatcher;

    private MessageDispatcher Make(string id)
    {
        if (!config.HasPath(id))
            throw new ConfigurationException($"The dispatcher '{id}' is not configured. Add {id} {{ type = Dispatcher }} to the configuration.");
        var section = config.GetConfig(id);
        var throughput = section.GetInt("throughput", MessageDispatcher.DefaultThroughput);
        var type = section.GetString("type", "Dispatcher");
        if (type == "PinnedDispatcher")
            return new DedicatedThreadDispatcher(id, throughput, 1);
        return byId.GetOrAdd(id, type switch
        {
            "Dispatcher" or "TaskDispatcher" or "ThreadPoolDispatcher" or "ForkJoinDispatcher" when section.HasPath("dedicated-thread-pool") =>
                new DedicatedThreadDispatcher(id, throughput, section.GetInt("dedicated-thread-pool.thread-count", Environment.ProcessorCount)),
            "Dispatcher" or "TaskDispatcher" or "ThreadPoolDispatcher" => new ThreadPoolDispatcher(id, throughput),
            "ForkJoinDispatcher" => new DedicatedThreadDispatcher(id, throughput, Environment.ProcessorCount),
            _ => MakeNamed(id, type),
        });
    }

    private static MessageDispatcher MakeNamed(string id, string type) =>
        Activator.CreateInstance(NamedType.Get(type, id + ".type"), nonPublic: true) is MessageDispatcher dispatcher
            ? dispatcher
            : throw new ConfigurationException($"{id}.type names {type}, which is no dispatcher. Use Dispatcher, PinnedDispatcher or ForkJoinDispatcher.");
}
