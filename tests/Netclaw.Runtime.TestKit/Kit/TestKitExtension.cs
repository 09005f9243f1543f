using Akka.Actor;

namespace Akka.TestKit;

/// <summary>The test settings of an actor system.</summary>
public class TestKitExtension : ExtensionIdProvider<TestKitSettings>
{
    private static readonly TestKitExtension Id = new();

    public static TestKitSettings For(ActorSystem system) => Id.Apply(system);

    public override TestKitSettings CreateExtension(ExtendedActorSystem system)
        => new(system.Settings.Config.WithFallback(Configs.TestConfigs.DefaultConfig).GetConfig("akka.test"));
}
