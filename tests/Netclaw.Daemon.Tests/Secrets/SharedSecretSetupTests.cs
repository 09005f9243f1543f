using System.Text;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Secrets;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Secrets;

public sealed class SharedSecretSetupTests : IDisposable
{
    private const string Good = "a-token-of-some-length-0123456789";

    private readonly TemporaryHome _temporary = new();
    private readonly StartProblems _problems = new();

    public SharedSecretSetupTests() => Directory.CreateDirectory(_temporary.Home.KeysDirectory);

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData("abcdefghijklmnopqrstu")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("000000000000000000000000000000000000000000000")]
    [InlineData("123456789012345678901234567890123456")]
    [InlineData("hunter2")]
    [InlineData(" leading-space-0123456789-ABCDEF")]
    [InlineData("two\nlines-of-a-token-0123456789-ABC")]
    public void RefusesATokenThatCanBeGuessed_WhereverItIs(string weak)
    {
        PrivateFile.CreateAtomically(Path.Combine(_temporary.Home.Root, "weak"), Encoding.UTF8.GetBytes(weak));
        Assert.Null(Settle(new AuthOptions { Token = new Secret(weak) }));
        Assert.Null(Settle(new AuthOptions { TokenFile = "weak" }));
        Assert.Null(Settle(new AuthOptions(), name => name == SharedSecretSetup.TokenVariable ? weak : null));

        Assert.Equal(["auth.token", "auth.tokenFile", SharedSecretSetup.TokenVariable], _problems.Found.Select(problem => problem.Key));
        Assert.All(_problems.Found, problem =>
        {
            Assert.Equal(RefusalCode.ConfigInvalid, problem.Code);
            Assert.DoesNotContain(weak, $"{problem.Message} {problem.Value}", StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("abcdefghijklmnopqrstuvwxyz-0")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("QUJDREVGR0hJSktMTU5PUA")]
    public void TakesATokenOf128Bits(string token) => Assert.NotNull(Settle(new AuthOptions { Token = new Secret(token) }));

    [Fact]
    public void MakesAToken_OnlyWhereNoneIs_AndNoOtherIsNamed()
    {
        Assert.IsType<SharedSecretSource.Given>(Settle(new AuthOptions { Token = new Secret(Good) }));
        Assert.False(File.Exists(_temporary.Home.GatewayTokenFile));

        Assert.IsType<SharedSecretSource.Kept>(Settle(new AuthOptions()));
        var made = File.ReadAllText(_temporary.Home.GatewayTokenFile);
        Assert.IsType<SharedSecretSource.Kept>(Settle(new AuthOptions()));
        Assert.Equal(made, File.ReadAllText(_temporary.Home.GatewayTokenFile));
        Assert.False(_problems.Any);
    }

    [Fact]
    public void RefusesATokenFile_ThatOthersCanRead_AndChangesNothing()
    {
        File.WriteAllText(_temporary.Home.GatewayTokenFile, Good);
        File.SetUnixFileMode(_temporary.Home.GatewayTokenFile, (UnixFileMode)0b110_100_100);

        Assert.Null(Settle(new AuthOptions()));
        Assert.Equal(RefusalCode.KeyUnreadable, Assert.Single(_problems.Found).Code);
        Assert.Equal(Good, File.ReadAllText(_temporary.Home.GatewayTokenFile));
    }

    [Fact]
    public void NeedsAPassword_InModePassword()
    {
        Assert.Null(Settle(new AuthOptions { Mode = AuthMode.Password }));
        Assert.Equal("auth.password", Assert.Single(_problems.Found).Key);
        Assert.IsType<SharedSecretSource.Given>(Settle(new AuthOptions { Mode = AuthMode.Password, Password = new Secret("short") }));
    }

    [Theory]
    [InlineData(AuthMode.TrustedProxy)]
    [InlineData(AuthMode.None)]
    public void SharesNothing_WhereNothingIsShared(AuthMode mode) => Assert.IsType<SharedSecretSource.Nothing>(Settle(new AuthOptions { Mode = mode, Token = new Secret("weak") }));

    [Fact]
    public void ASource_PrintsNoSecret()
    {
        var given = new SharedSecretSource.Given("auth.token", SecretDigest.Of(new Secret(Good)));

        Assert.DoesNotContain(Good, given.ToString(), StringComparison.Ordinal);
    }

    private SharedSecretSource? Settle(AuthOptions options, Func<string, string?>? environment = null) =>
        new SharedSecretSetup(_temporary.Home, environment ?? (_ => null), _problems).Settle(options);
}
