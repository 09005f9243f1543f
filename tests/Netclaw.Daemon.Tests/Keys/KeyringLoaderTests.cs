using Netclaw.Actors.Bootstrap;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Keys;

public sealed class KeyringLoaderTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();
    private readonly StartProblems _problems = new();

    public KeyringLoaderTests() => HomeDirectories.Prepare(_temporary.Home, _problems);

    private NetclawHome Home => _temporary.Home;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void MakesPrivateKeysAndTheMark_OnFirstStart()
    {
        using var keys = Open()!;

        Assert.Equal(keys.Gateway.Public.GatewayId, keys.Mark.GatewayId);
        Assert.Equal((1L, BootstrapPhase.NotStarted), (keys.Mark.Epoch, keys.Mark.Bootstrap));
        Assert.NotNull(keys.Host);
        foreach (var file in new[] { Home.GatewayKey, Home.HostKey, Home.JournalKey, Home.GatewayMark })
        {
            Assert.Equal("0600", FileFacts.OfPath(file)!.Value.ModeText);
        }
    }

    [Fact]
    public void FindsTheSameKeys_OnSecondStart()
    {
        using var first = Open()!;
        File.WriteAllText(Home.JournalDatabase, "");
        using var second = Open()!;

        Assert.Equal(first.Gateway.Public, second.Gateway.Public);
        Assert.Equal(first.Host!.Public, second.Host!.Public);
        var secret = first.Journal.OpenSealer().Seal([1, 2, 3], "test");
        Assert.True(second.Journal.OpenSealer().TryOpen(secret, "test", out _));
    }

    [Fact]
    public void UsesWhatIsThere_WhenTheFirstStartWasCutShort()
    {
        using var first = Open()!;
        File.Delete(Home.GatewayMark);
        File.Delete(Home.JournalKey);

        using var second = Open()!;
        Assert.Equal(first.Gateway.Public, second.Gateway.Public);
        Assert.True(File.Exists(Home.GatewayMark));
    }

    [Theory]
    [InlineData("gateway.key")]
    [InlineData("journal.key")]
    [InlineData("gateway.json")]
    public void RefusesAndChangesNothing_WhenAKeyOfASetUpGatewayIsMissing(string name)
    {
        Open()!.Dispose();
        File.WriteAllText(Home.JournalDatabase, "");
        File.Delete(Path.Combine(Home.KeysDirectory, name));

        Assert.Null(Open());
        var problem = Assert.Single(_problems.Found);
        Assert.Equal(RefusalCode.KeyUnreadable, problem.Code);
        Assert.Contains(Path.Combine(Home.KeysDirectory, name), problem.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Home.KeysDirectory, name)));
    }

    [Fact]
    public void StartsWithoutAHostKey_WhenItsFileIsGone()
    {
        Open()!.Dispose();
        File.WriteAllText(Home.JournalDatabase, "");
        File.Delete(Home.HostKey);

        using var keys = Open();
        Assert.NotNull(keys);
        Assert.Null(keys.Host);
        Assert.False(File.Exists(Home.HostKey));
    }

    [Theory]
    [InlineData("gateway.key", 0b110_100_000)]
    [InlineData("host.key", 0b110_000_100)]
    [InlineData("journal.key", 0b110_110_000)]
    public void RefusesAndNamesTheFile_WhenAKeyIsOpenToOthers(string name, int mode)
    {
        Open()!.Dispose();
        var path = Path.Combine(Home.KeysDirectory, name);
        File.SetUnixFileMode(path, (UnixFileMode)mode);

        Assert.Null(Open());
        Assert.Contains(path, Assert.Single(_problems.Found).Message, StringComparison.Ordinal);
        Assert.Equal((UnixFileMode)mode, File.GetUnixFileMode(path));
    }

    [Theory]
    [InlineData("gateway.key")]
    [InlineData("host.key")]
    [InlineData("journal.key")]
    [InlineData("gateway.json")]
    public void RefusesAndNamesTheFile_WhenItsContentIsNoKey(string name)
    {
        Open()!.Dispose();
        var path = Path.Combine(Home.KeysDirectory, name);
        File.WriteAllText(path, "not a key");

        Assert.Null(Open());
        Assert.Contains(_problems.Found, problem => problem.Code == RefusalCode.KeyUnreadable && problem.Message.Contains(path, StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_WhenTheMarkNamesAnotherGateway()
    {
        using var keys = Open()!;
        (keys.Mark with { GatewayId = SigningKey.Generate().Public.GatewayId }).Save(Home);

        Assert.Null(Open());
        Assert.Contains(keys.Gateway.Public.GatewayId.ToString(), Assert.Single(_problems.Found).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_WhenTheJournalOfASetUpGatewayIsMissing()
    {
        using (var keys = Open()!)
        {
            keys.Reached(BootstrapPhase.Seeded, "attic");
        }

        Assert.Null(Open());
        Assert.Equal(RefusalCode.JournalUnreadable, Assert.Single(_problems.Found).Code);
    }

    [Fact]
    public void NeverFalls_TheHighWaterMark()
    {
        using var keys = Open()!;
        keys.Reached(BootstrapPhase.Completed, "attic");
        keys.Reached(BootstrapPhase.Seeded, "cellar");

        Assert.Equal((BootstrapPhase.Completed, "cellar"), (keys.Mark.Bootstrap, keys.Mark.Name));
        Assert.Equal(keys.Mark, GatewayMark.Read(File.ReadAllBytes(Home.GatewayMark)));
    }

    private Keyring? Open() => new KeyringLoader(Home, _problems).Open("attic");
}
