using System.Net;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Evidence;

namespace Netclaw.Daemon.Tests.Evidence;

public sealed class HostHeaderTests
{
    private readonly BoundAddresses _bound = new();

    public HostHeaderTests() => _bound.Set([IPEndPoint.Parse("127.0.0.1:5199")]);

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:5199", true)]
    [InlineData("127.0.0.1:5199", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.1:1", true)]
    [InlineData("[::1]:5199", true)]
    [InlineData("[::1]", true)]
    [InlineData("[0:0:0:0:0:0:0:1]", true)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("127.0.0.1.nip.io", false)]
    [InlineData("localhost.", false)]
    [InlineData("127.1", false)]
    [InlineData("0x7f.0.0.1", false)]
    [InlineData("2130706433", false)]
    [InlineData("0177.0.0.1", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("[::1%lo]", false)]
    [InlineData("[::1", false)]
    [InlineData("[127.0.0.1]", false)]
    [InlineData("localhost:", false)]
    [InlineData("localhost:99999", false)]
    [InlineData("localhost:+1", false)]
    [InlineData("user@localhost", false)]
    [InlineData("localhost, evil.example", false)]
    [InlineData(" localhost", false)]
    [InlineData("locаlhost", false)]
    [InlineData("control.sock", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void AdmitsLoopbackNamesAlone_OverTcp(string? host, bool admitted) =>
        Assert.Equal(admitted, _bound.Admits(host, ListenerKind.Tcp));

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("control.sock", true)]
    [InlineData("localhost", true)]
    [InlineData("gateway.example", false)]
    [InlineData("10.0.0.1", false)]
    public void AdmitsTheSocketsOwnNameAsWell_OverTheControlSocket(string? host, bool admitted) =>
        Assert.Equal(admitted, _bound.Admits(host, ListenerKind.Control));

    [Theory]
    [InlineData("http://localhost:5199", true)]
    [InlineData("http://127.0.0.1:5199", true)]
    [InlineData("http://localhost:3000", false)]
    [InlineData("http://localhost", false)]
    [InlineData("https://localhost:5199", false)]
    [InlineData("http://evil.example:5199", false)]
    [InlineData("http://localhost:5199/", false)]
    [InlineData("http://localhost:5199, http://evil.example", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    public void AdmitsItsOwnPagesAlone_AsOrigin(string origin, bool admitted) => Assert.Equal(admitted, _bound.AdmitsOrigin(origin));
}
