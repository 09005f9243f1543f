using Akka.Actor;

namespace Akka.TestKit;

/// <summary>The test settings of an actor system.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public class TestKitExtension : ExtensionIdProvider<TestKitSettings>
{
    private static readonly TestKitExtension Id = new();

    /// <summary>Of the system.</summary>
    public static TestKitSettings For(ActorSystem system) => Id.Apply(system);

    /// <inheritdoc/>
    public override TestKitSettings CreateExtension(ExtendedActorSystem system)
        => new(system.Settings.Config.WithFallback(Configs.TestConfigs.DefaultConfig).GetConfig("akka.test"));
}
