using Akka.Actor;

namespace Akka.TestKit;

/// <summary>The assertions that an actor system's tests use.</summary>
public class TestKitAssertionsExtension(ITestKitAssertions assertions) : ExtensionIdProvider<TestKitAssertionsProvider>
{
    public override TestKitAssertionsProvider CreateExtension(ExtendedActorSystem system) => new(assertions);
}

/// <inheritdoc cref="TestKitAssertionsExtension"/>
public class TestKitAssertionsProvider(ITestKitAssertions assertions) : IExtension
{
    public ITestKitAssertions Assertions { get; } = assertions;
}
