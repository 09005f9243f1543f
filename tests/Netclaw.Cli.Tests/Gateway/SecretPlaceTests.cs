using Netclaw.Cli.Gateway;

namespace Netclaw.Cli.Tests.Gateway;

public sealed class SecretPlaceTests
{
    [Theory]
    [InlineData("https://gateway.example.org", true)]
    [InlineData("http://127.0.0.1:5199", true)]
    [InlineData("http://127.8.8.8:5199", true)]
    [InlineData("http://[::1]:5199", true)]
    [InlineData("http://localhost:5199", true)]
    [InlineData("http://gateway.example.org", false)]
    [InlineData("http://localhost.example.org", false)]
    [InlineData("http://127.0.0.1.example.org", false)]
    [InlineData("http://192.0.2.1:5199", false)]
    [InlineData("http://[2001:db8::1]:5199", false)]
    public void ASharedSecret_IsShown_WhereNobodyOnTheWayReadsIt(string url, bool shown) => Assert.Equal(shown, SecretPlace.IsPrivate(new Uri(url)));

    [Theory]
    [InlineData("http://127.0.0.1:5199", true)]
    [InlineData("http://[::1]:5199", true)]
    [InlineData("http://localhost:5199", true)]
    [InlineData("https://gateway.example.org", false)]
    [InlineData("http://192.0.2.1:5199", false)]
    public void ARunsCredential_StaysOnTheMachine(string url, bool shown) => Assert.Equal(shown, SecretPlace.IsThisMachine(new Uri(url)));
}
