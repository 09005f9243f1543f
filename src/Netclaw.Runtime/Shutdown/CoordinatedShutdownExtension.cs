namespace Akka.Actor;

/// <summary>Makes the coordinated shutdown of an actor system and wires it to the system's and the process's end.</summary>
/// <remarks>Akka.NET documentation, "Coordinated Shutdown".</remarks>
public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    /// <inheritdoc/>
    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system)
    {
        var config = system.Settings.Config.GetConfig("akka.coordinated-shutdown");
        var shutdown = new CoordinatedShutdown(system, config);
        ShutdownWiring.TerminateSystem(shutdown, config);
        ShutdownWiring.ProcessExit(shutdown, config);
        return shutdown;
    }
}
