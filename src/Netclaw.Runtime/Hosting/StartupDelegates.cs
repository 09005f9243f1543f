using Akka.Actor;
using Akka.DependencyInjection;

namespace Akka.Hosting;

/// <summary>Starts actors and registers them.</summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public delegate Task ActorStarter(ActorSystem system, IActorRegistry registry);

/// <inheritdoc cref="ActorStarter"/>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public delegate Task ActorStarterWithResolver(ActorSystem system, IActorRegistry registry, IDependencyResolver resolver);

/// <summary>Runs when the actors are started.</summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public delegate Task StartupTask(ActorSystem system, IActorRegistry registry);
