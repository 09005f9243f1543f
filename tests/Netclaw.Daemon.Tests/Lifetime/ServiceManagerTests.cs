using System.Net.Sockets;
using System.Text;
using Netclaw.Actors.Journal;
using Netclaw.Daemon.Lifetime;
using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests.Lifetime;

/// <summary>What a service manager hears, on a socket of its own kind.</summary>
public sealed class ServiceManagerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netclaw-notify-");
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Manager_HearsReadyAndStopping_OnPathAndAbstractSockets(bool isAbstract)
    {
        using var manager = Listening(isAbstract);

        manager.Ready("serving\nREADY=0");
        manager.Stopping(TimeSpan.FromSeconds(21));

        Assert.Equal("READY=1\nSTATUS=serving READY=0", await HeardAsync());
        Assert.Equal("STOPPING=1\nSTATUS=stopping\nEXTEND_TIMEOUT_USEC=21000000", await HeardAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("relative")]
    [InlineData("vsock:2:1234")]
    public void NobodyListens_WithoutASocket(string? named)
    {
        using var manager = ServiceManager.Of(name => name == ServiceManager.SocketVariable ? named : "1000000");

        Assert.False(manager.Listens);
        Assert.Null(manager.Watchdog);
        manager.Ready("serving");
    }

    [Fact]
    public void Manager_ThatIsGone_IsLetGo()
    {
        using var manager = ServiceManager.Of(name => name == ServiceManager.SocketVariable ? Path.Combine(_folder.FullName, "none") : null);

        manager.Alive();

        Assert.True(manager.Listens);
    }

    [Theory]
    [InlineData("60000000", "", 60)]
    [InlineData("60000000", "1", null)]
    [InlineData("0", "", null)]
    [InlineData("soon", "", null)]
    public void Watchdog_IsThisProcesssOrNone(string microseconds, string pid, int? seconds)
    {
        using var manager = ServiceManager.Of(name => name switch
        {
            ServiceManager.SocketVariable => "/run/none",
            ServiceManager.WatchdogVariable => microseconds,
            _ => pid,
        });

        Assert.Equal(seconds is { } length ? TimeSpan.FromSeconds(length) : (TimeSpan?)null, manager.Watchdog);
    }

    [Fact]
    public async Task SignOfLife_ComesOnlyWhileTheRegistryAnswers()
    {
        using var manager = Listening(isAbstract: false);
        var answers = true;
        var watch = new ServiceWatch(manager, _ => Task.FromResult(answers), new JournalHealth(), "serving", new ManualTime());

        await watch.LookAsync();
        Assert.Equal("WATCHDOG=1", await HeardAsync());

        answers = false;
        await watch.LookAsync();
        Assert.Equal("STATUS=the device registry does not answer", await HeardAsync());
        Assert.Equal(0, _socket.Available);

        answers = true;
        await watch.LookAsync();
        Assert.Equal(["WATCHDOG=1", "STATUS=serving"], [await HeardAsync(), await HeardAsync()]);
    }

    /// <summary>Ending the process would end the sessions that go on read-only, and mend nothing.</summary>
    [Fact]
    public async Task SignOfLife_GoesOn_WhenTheJournalIsKnownToHaveFailed()
    {
        using var manager = Listening(isAbstract: false);
        var journal = new JournalHealth();
        journal.Report(new JournalFailure(JournalFailureKind.WriteFailed, "device-registry", 7, "disk full", DateTimeOffset.UnixEpoch));
        var watch = new ServiceWatch(manager, _ => Task.FromResult(false), journal, "serving", new ManualTime());

        await watch.LookAsync();
        await watch.LookAsync();

        Assert.Equal("WATCHDOG=1", await HeardAsync());
        Assert.Equal("STATUS=read-only: device-registry, record 7 could not be written: disk full", await HeardAsync());
        Assert.Equal("WATCHDOG=1", await HeardAsync());
        Assert.Equal(0, _socket.Available);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Delete(recursive: true);
    }

    private ServiceManager Listening(bool isAbstract)
    {
        var name = isAbstract ? "@" + _folder.FullName : Path.Combine(_folder.FullName, "notify");
        _socket.Bind(new UnixDomainSocketEndPoint(isAbstract ? "\0" + name[1..] : name));
        return ServiceManager.Of(variable => variable == ServiceManager.SocketVariable ? name : null);
    }

    private async Task<string> HeardAsync()
    {
        var buffer = new byte[4096];
        using var bound = new CancellationTokenSource(GatewayHost.Bound);
        return Encoding.UTF8.GetString(buffer, 0, await _socket.ReceiveAsync(buffer, bound.Token));
    }
}
