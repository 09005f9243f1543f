using Akka.Actor;
using Akka.DependencyInjection;

namespace Akka.Hosting;

/// <summary>Starts actors and registers them.</summary>
public delegate Task ActorStarter(ActorSystem system, IActorRegistry registry);

/// <inheritdoc cref="ActorStarter"/>
public delegate Task ActorStarterWithResolver(ActorSystem system, IActorRegistry registry, IDependencyResolver resolver);

/// <summary>Runs when the actors are started.</summary>
public delegate Task StartupTask(ActorSystem system, IActorRegistry registry);
