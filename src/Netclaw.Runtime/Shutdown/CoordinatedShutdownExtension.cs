namespace Akka.Actor;

/// <summary>Makes the coordinated shutdown of an actor system and wires it to the system's and the process's end.</summary>
public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system)
    {
        var config = system.Settings.Config.GetConfig("akka.coordinated-shutdown");
        var shutdown = new CoordinatedShutdown(system, config);
        ShutdownWiring.TerminateSystem(shutdown, config);
        ShutdownWiring.ProcessExit(shutdown, config);
        return shutdown;
    }
}
