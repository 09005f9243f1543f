namespace Netclaw.Interop.Tests;

/// <summary>What may be left out, and where.</summary>
public sealed class ClientsTests : IDisposable
{
    private readonly string _cache = Directory.CreateTempSubdirectory("nc-clients-").FullName;

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    [Theory]
    [InlineData(true, true, null, false)]
    [InlineData(false, false, null, true)]
    [InlineData(false, true, null, false)] // nobody said that it could not be installed: the test runs, and fails
    [InlineData(false, true, "agent.missing", true)]
    [InlineData(false, true, "node.missing", true)]
    [InlineData(false, true, "full.missing", false)]
    public void InCi_ATestIsSkipped_OnlyWhereTheInstallerSaidWhatWasMissing(bool has, bool isCi, string? said, bool skipped)
    {
        if (said is not null)
        {
            File.WriteAllText(Path.Combine(_cache, said), "");
        }

        Assert.Equal(skipped, Clients.Skip(has, "agent", "the library", _cache, isCi) is not null);
    }
}
