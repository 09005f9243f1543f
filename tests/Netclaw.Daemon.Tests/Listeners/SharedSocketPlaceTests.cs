using System.Net.Sockets;
using Netclaw.Daemon.Listeners;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Listeners;

public sealed class SharedSocketPlaceTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();
    private readonly StartProblems _problems = new();
    private readonly string _parent;
    private readonly string _socket;

    public SharedSocketPlaceTests()
    {
        _parent = Path.Combine(_temporary.Parent, "runtime");
        Directory.CreateDirectory(_parent, Mode("755"));
        File.SetUnixFileMode(_parent, Mode("755"));
        _socket = SharedSocketPlace.Of(_temporary.Home, UserId.Current, _ => _parent);
    }

    private string Place => Path.GetDirectoryName(_socket)!;

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData(0u, null, "/run")]
    [InlineData(1000u, null, "/dev/shm")]
    [InlineData(0u, "/run/netclaw:/run/other", "/run/netclaw")]
    [InlineData(1000u, "/run/netclaw", "/run/netclaw")]
    [InlineData(1000u, "", "/dev/shm")]
    [InlineData(1000u, "relative", "/dev/shm")]
    public void LiesWhereOthersCanPass(uint owner, string? systemd, string parent) => Assert.Equal(
        Path.Combine(parent, SharedSocket.DirectoryName(owner, _temporary.Home.Root), "shared.sock"),
        SharedSocketPlace.Of(_temporary.Home, owner, name => name == "RUNTIME_DIRECTORY" ? systemd : "/elsewhere"));

    [Fact]
    public void IsMade_PassableAndNotReadable_AndMadeAgain()
    {
        Assert.True(SharedSocketPlace.Prepare(_socket, _problems));
        Assert.Equal(Mode("711"), File.GetUnixFileMode(Place));
        File.SetUnixFileMode(Place, Mode("777"));
        Assert.True(SharedSocketPlace.Prepare(_socket, _problems));
        Assert.Equal(Mode("711"), File.GetUnixFileMode(Place));
    }

    [Fact]
    public void AStaleSocketIsCleared_AndALiveOneIsNot()
    {
        Assert.True(SharedSocketPlace.Prepare(_socket, _problems));
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(_socket));
        }

        Assert.True(SharedSocketPlace.Prepare(_socket, _problems));
        Assert.False(File.Exists(_socket));
        using var live = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        live.Bind(new UnixDomainSocketEndPoint(_socket));
        live.Listen();
        Assert.False(SharedSocketPlace.Prepare(_socket, _problems));
        Assert.Contains("listens on", StartReport.Render(_problems, asJson: false), StringComparison.Ordinal);
    }

    [Fact]
    public void IsRemoved_WithItsDirectory()
    {
        Assert.True(SharedSocketPlace.Prepare(_socket, _problems));
        SharedSocketPlace.Remove(_socket);
        Assert.False(Directory.Exists(Place));
        SharedSocketPlace.Remove(_socket);
    }

    [Fact]
    public void ALinkInItsPlace_IsNotFollowed()
    {
        Directory.CreateDirectory(Path.Combine(_temporary.Parent, "target"));
        Directory.CreateSymbolicLink(Place, Path.Combine(_temporary.Parent, "target"));
        Refuses("is not a directory");
    }

    [Fact]
    public void AFileInItsPlace_IsNamed()
    {
        File.WriteAllText(Place, "");
        Assert.False(SharedSocketPlace.Prepare(_socket, _problems));
        Assert.Contains(Place, StartReport.Render(_problems, asJson: false), StringComparison.Ordinal);
    }

    [Fact]
    public void AParentThatOthersMayRenameIn_IsRefused()
    {
        File.SetUnixFileMode(_parent, Mode("777"));
        Refuses("others may rename");
        File.SetUnixFileMode(_parent, Mode("1777"));
        Assert.True(SharedSocketPlace.Prepare(_socket, new StartProblems()));
    }

    [Fact]
    public void AParentThatOthersCannotPass_IsRefused()
    {
        File.SetUnixFileMode(_parent, Mode("700"));
        Refuses("cannot pass");
    }

    [Fact]
    public void AMissingParent_IsNamed()
    {
        Directory.Delete(_parent);
        Refuses("there is no directory");
    }

    [RootFact]
    public void ADirectoryOfSomebodyElse_WhoWasFirst_IsRefused()
    {
        Directory.CreateDirectory(Place, Mode("711"));
        TemporaryHome.GiveAway(Place, 64123);
        Refuses("belongs to user 64123");
    }

    [RootFact]
    public void AParentOfSomebodyElse_IsRefused()
    {
        TemporaryHome.GiveAway(_parent, 64123);
        Refuses("belongs to user 64123");
    }

    private void Refuses(string seen)
    {
        Assert.False(SharedSocketPlace.Prepare(_socket, _problems));
        Assert.Contains(seen, StartReport.Render(_problems, asJson: false), StringComparison.Ordinal);
        Assert.False(File.Exists(_socket));
    }

    private static UnixFileMode Mode(string octal) => (UnixFileMode)Convert.ToInt32(octal, 8);
}
