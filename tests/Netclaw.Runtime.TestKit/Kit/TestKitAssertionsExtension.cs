using Akka.Actor;

namespace Akka.TestKit;

/// <summary>The assertions that an actor system's tests use.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public class TestKitAssertionsExtension(ITestKitAssertions assertions) : ExtensionIdProvider<TestKitAssertionsProvider>
{
    /// <inheritdoc/>
    public override TestKitAssertionsProvider CreateExtension(ExtendedActorSystem system) => new(assertions);
}

/// <inheritdoc cref="TestKitAssertionsExtension"/>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public class TestKitAssertionsProvider(ITestKitAssertions assertions) : IExtension
{
    /// <summary>How the kit fails a test.</summary>
    public ITestKitAssertions Assertions { get; } = assertions;
}
