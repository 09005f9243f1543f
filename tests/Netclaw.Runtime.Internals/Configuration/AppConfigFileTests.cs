using Akka.Configuration;

namespace Netclaw.Runtime.Internals.Configuration;

public sealed class AppConfigFileTests
{
    [Fact]
    public void Load_WithoutAFile_IsEmpty() => Assert.True(ConfigurationFactory.Load().IsEmpty);
}
