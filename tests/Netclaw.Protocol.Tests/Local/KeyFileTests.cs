using System.Security.Cryptography;

namespace Netclaw.Protocol.Tests.Local;

public sealed class KeyFileTests : IDisposable
{
    private readonly TemporaryDirectory _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void ACreatedKey_IsLoadedAgain()
    {
        using var made = KeyFile.Create(_home["host.key"]);
        using var loaded = Assert.IsType<KeyFileResult.Loaded>(KeyFile.Load(_home["host.key"])).Key;
        Assert.Equal(made.Public, loaded.Public);
        Assert.True(P256.Verify(made.Public, "data"u8, loaded.Sign("data"u8)));
    }

    [Fact]
    public void Create_NeverReplacesAKey()
    {
        using var first = KeyFile.Create(_home["host.key"]);
        Assert.Throws<IOException>(() => KeyFile.Create(_home["host.key"]));
        using var loaded = Assert.IsType<KeyFileResult.Loaded>(KeyFile.Load(_home["host.key"])).Key;
        Assert.Equal(first.Public, loaded.Public);
    }

    [Fact]
    public void Nothing_IsMissing() => Assert.IsType<KeyFileResult.Missing>(KeyFile.Load(_home["host.key"]));

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    public void AKeyThatIsNone_IsAProblem_NotMissing(string content)
    {
        PrivateFile.WriteAtomically(_home["host.key"], System.Text.Encoding.UTF8.GetBytes(content));
        var problem = Assert.IsType<KeyFileResult.Problem>(KeyFile.Load(_home["host.key"]));
        Assert.Equal($"{_home["host.key"]} does not hold a P-256 private key in PKCS#8 PEM form", problem.Seen);
    }

    [Fact]
    public void APublicKey_AnotherCurve_AndACutFile_AreProblems()
    {
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var brainpool = ECDsa.Create(ECCurve.CreateFromFriendlyName("brainpoolP256r1"));
        using var rsa = RSA.Create(2048);
        string[] wrong =
        [
            p256.ExportSubjectPublicKeyInfoPem(), p384.ExportPkcs8PrivateKeyPem(), rsa.ExportPkcs8PrivateKeyPem(),
            brainpool.ExportPkcs8PrivateKeyPem(), p256.ExportPkcs8PrivateKeyPem()[..100],
        ];
        foreach (var pem in wrong)
        {
            PrivateFile.WriteAtomically(_home["host.key"], System.Text.Encoding.UTF8.GetBytes(pem));
            Assert.IsType<KeyFileResult.Problem>(KeyFile.Load(_home["host.key"]));
        }
    }

    [Fact]
    public void AKeyOpenToOthers_IsAProblem()
    {
        KeyFile.Create(_home["host.key"]).Dispose();
        File.SetUnixFileMode(_home["host.key"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Contains("open to others", Assert.IsType<KeyFileResult.Problem>(KeyFile.Load(_home["host.key"])).Seen, StringComparison.Ordinal);
    }
}
