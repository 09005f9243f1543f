using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Journal;
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
        File.WriteAllText(Home.JournalDatabase, "a journal");
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
        Assert.Equal(RefusalCode.JournalRolledBack, Assert.Single(_problems.Found).Code);
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

    [Fact]
    public void Signs_AnOlderMark_ThatHasNoHeads()
    {
        using var made = Open()!;
        Older(made.Mark).Save(Home);

        using var keys = Open()!;

        Assert.True(keys.Mark.IsSignedBy(keys.Gateway.Public));
        Assert.Equal(keys.Mark, GatewayMark.Read(File.ReadAllBytes(Home.GatewayMark)));
    }

    [Fact]
    public void Refuses_AMarkWithHeads_ThatIsNotSigned()
    {
        using (var keys = Open()!)
        {
            keys.Advance(Heads(7));
            (keys.Mark with { Signature = null }).Save(Home);
        }

        File.WriteAllText(Home.JournalDatabase, "present");
        Assert.Null(Open());
        var problem = Assert.Single(_problems.Found);
        Assert.Equal(RefusalCode.KeyUnreadable, problem.Code);
        Assert.Contains("is not signed", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>Every bit of the file: either it is refused, or it says what it said.</summary>
    [Fact]
    public void Notices_EveryFlippedBitOfTheMark()
    {
        using var keys = Open()!;
        keys.Reached(BootstrapPhase.Seeded, "attic");
        keys.Advance(Heads(7));
        File.WriteAllText(Home.JournalDatabase, "present");
        var bytes = File.ReadAllBytes(Home.GatewayMark);
        var accepted = new List<string>();
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            if (GatewayMark.Read(bytes) is { } mark && (mark.IsOfOlderForm || mark.IsSignedBy(keys.Gateway.Public)) && mark with { Signature = keys.Mark.Signature } != keys.Mark)
            {
                accepted.Add($"bit {bit}");
            }

            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.Empty(accepted);
    }

    [Fact]
    public void NeverFalls_AHead()
    {
        using var keys = Open()!;
        keys.Advance(Heads(7));
        keys.Advance(Heads(6));
        keys.Advance([]);

        Assert.Equal(7, keys.Mark.Head("device-registry")!.Sequence);
        Assert.Equal(keys.Mark, GatewayMark.Read(File.ReadAllBytes(Home.GatewayMark)));
    }

    [Fact]
    public void NeverFalls_WhenManyThreadsRaiseIt()
    {
        using var keys = Open()!;

        Parallel.For(1, 65, i =>
        {
            keys.Advance(Heads(i));
            keys.Reached(i % 2 == 0 ? BootstrapPhase.Seeded : BootstrapPhase.NotStarted, "attic");
        });

        Assert.Equal((64L, BootstrapPhase.Seeded), (keys.Mark.Head("device-registry")!.Sequence, keys.Mark.Bootstrap));
        Assert.Equal(keys.Mark, GatewayMark.Read(File.ReadAllBytes(Home.GatewayMark)));
    }

    [Fact]
    public void NewEpoch_BeginsWithWhatTheNewJournalHolds_AndIsBegunOnce()
    {
        using var keys = Open()!;
        keys.Reached(BootstrapPhase.Completed, "attic");
        keys.Advance(Heads(70));

        keys.BeginEpoch(2, BootstrapPhase.Seeded, Heads(3));
        keys.BeginEpoch(2, BootstrapPhase.NotStarted, Heads(2));

        Assert.Equal((2L, BootstrapPhase.Seeded, 3L), (keys.Mark.Epoch, keys.Mark.Bootstrap, keys.Mark.Head("device-registry")!.Sequence));
        Assert.True(keys.Mark.IsSignedBy(keys.Gateway.Public));
        Assert.Throws<ArgumentOutOfRangeException>(() => keys.BeginEpoch(1, BootstrapPhase.Completed, []));
    }

    private static GatewayMark Older(GatewayMark mark) => mark with { Heads = null, Signature = null };

    private static Dictionary<string, JournalHead> Heads(long sequence) =>
        new() { ["device-registry"] = new JournalHead(sequence, Enumerable.Repeat((byte)sequence, RecordEnvelope.SumBytes).ToArray()) };

    private Keyring? Open() => new KeyringLoader(Home, _problems).Open("attic");
}
