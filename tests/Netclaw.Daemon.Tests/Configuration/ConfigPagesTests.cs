using Netclaw.Daemon.Configuration;

namespace Netclaw.Daemon.Tests.Configuration;

public sealed class ConfigPagesTests
{
    private static bool Updates => Environment.GetEnvironmentVariable("NETCLAW_UPDATE_DOCS") == "1";

    [Fact]
    public void Schema_IsInStepWithTheReader()
    {
        if (Updates)
        {
            File.WriteAllText(ConfigPages.SchemaPath, ConfigPages.Schema());
        }

        Assert.Equal(ConfigPages.Schema(), File.ReadAllText(ConfigPages.SchemaPath));
    }

    [Fact]
    public void Guide_ListsEveryKeyAndWarning()
    {
        if (Updates)
        {
            File.WriteAllText(ConfigPages.GuidePath, ConfigPages.Guide(File.ReadAllText(ConfigPages.GuidePath)));
        }

        var page = File.ReadAllText(ConfigPages.GuidePath);
        Assert.Equal(ConfigPages.Guide(page), page);
    }

    [Fact]
    public void EveryKey_SaysWhatItIs() =>
        Assert.All(ConfigFile.Empty().Keys, key => Assert.True(key.Required ? key.Description.EndsWith('.') : char.IsUpper(key.Description[0]) && key.Description.EndsWith('.'), key.Path));
}
