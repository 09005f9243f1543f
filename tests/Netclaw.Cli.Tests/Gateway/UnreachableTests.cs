using System.Net;
using System.Net.Sockets;
using System.Text;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Gateway;

/// <summary>Everything that can be wrong before a gateway answers, over real sockets.</summary>
public sealed class UnreachableTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    [Fact]
    public async Task SaysNotPaired_WithNoDaemonAndNoProfile()
    {
        var run = await CliRun.Of(_home, "status");

        Assert.Equal(ExitCodes.Refused, run.ExitCode);
        Assert.Equal("", run.Out);
        Assert.Equal(
            $"""
            netclaw: The home {_home.Root} has no daemon running and is not paired with a gateway.
              tried  control socket {_home.Home.ControlSocket}: not there
              tried  this home's daemon by TCP: the home has no host credential
              tried  default profile: this home is not paired with a gateway
              code   not_paired
              next   netclaw pair <url>

            """, run.Error);
    }

    [Fact]
    public async Task SaysUnreachable_WhenThePortIsClosed()
    {
        var url = $"http://127.0.0.1:{ClosedPort()}";

        var run = await CliRun.Of(_home, "status", "--url", url);

        Assert.Equal(ExitCodes.Unavailable, run.ExitCode);
        Assert.Contains("code   endpoint_unreachable", run.Error);
        Assert.Contains($"tried  --url {url}: nothing listens there (connection refused)", run.Error);
        AssertNoTrace(run);
    }

    [Fact]
    public async Task SaysNotNetclaw_WhenAWebServerAnswers()
    {
        await using var server = Answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        var run = await CliRun.Of(_home, "status", "--url", server.Url, "--json");

        Assert.Equal(ExitCodes.Unavailable, run.ExitCode);
        Assert.Equal("endpoint_not_netclaw", run.JsonError().GetProperty("code").GetString());
        Assert.Equal($"--url {server.Url}", run.JsonError().GetProperty("details").GetProperty("tried")[0].GetProperty("what").GetString());
    }

    [Fact]
    public async Task SaysTimedOut_WhenNobodyAnswers()
    {
        await using var server = Answering("");

        var run = await CliRun.Of(_home, "status", "--url", server.Url, "--timeout", "300ms");

        Assert.Equal(ExitCodes.TimedOut, run.ExitCode);
        Assert.Contains("code   timed_out", run.Error);
        AssertNoTrace(run);
    }

    [Fact]
    public async Task TakesTheNextEndpoint_WhenTheControlSocketIsStale()
    {
        Directory.CreateDirectory(_home.Home.RunDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using (var killed = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            killed.Bind(new UnixDomainSocketEndPoint(_home.Home.ControlSocket));
            File.Move(_home.Home.ControlSocket, _home.Home.ControlSocket + ".left"); // else closing the socket would remove it
        }

        File.Move(_home.Home.ControlSocket + ".left", _home.Home.ControlSocket);

        var run = await CliRun.Of(_home, "status", "--verbose");

        Assert.Contains("code   not_paired", run.Error);
        Assert.Contains("· trying control socket", run.Error);
        AssertNoTrace(run);
    }

    [Fact]
    public async Task RefusesAControlSocket_InADirectoryThatOthersMayWrite()
    {
        Directory.CreateDirectory(_home.Home.RunDirectory);
        File.SetUnixFileMode(_home.Home.RunDirectory, (UnixFileMode)0b111_111_111);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_home.Home.ControlSocket));
        listener.Listen();

        var run = await CliRun.Of(_home, "status");

        Assert.Equal(ExitCodes.Refused, run.ExitCode);
        Assert.Contains("code   control_socket_foreign", run.Error);
        Assert.Contains("others may write its directory", run.Error);
    }

    [Theory]
    [InlineData("pair localhost:5199", "endpoint_url_invalid", "netclaw pair http://localhost:5199")]
    [InlineData("pair ftp://x", "endpoint_url_invalid", "netclaw pair http://127.0.0.1:5199")]
    [InlineData("pair netclaw://pair?url=x", "pairing_code_malformed", "netclaw daemon pair")]
    [InlineData("pair http://127.0.0.1:1", "usage_error", "netclaw pair http://127.0.0.1:1 --code-stdin")]
    [InlineData("pair http://127.0.0.1:1 --request --name \u0007", "device_name_invalid", "netclaw pair <url> --name <name>")]
    [InlineData("pair http://127.0.0.1:1 --code-stdin", "pairing_code_malformed", "netclaw pair http://127.0.0.1:1")]
    [InlineData("status --url localhost:5199", "endpoint_url_invalid", "netclaw status --url http://localhost:5199")]
    [InlineData("status --profile nobody", "not_paired", "netclaw pair <url> --profile nobody")]
    public async Task Refuses_BeforeAnythingIsSent(string line, string code, string remedy)
    {
        var run = await CliRun.Of(_home, [], "not a code\n", [.. line.Split(' '), "--json"]);

        Assert.Equal(code, run.JsonError().GetProperty("code").GetString());
        Assert.Equal(remedy, run.JsonError().GetProperty("remedy").GetString());
        Assert.Equal("", run.Out);
    }

    [Fact]
    public async Task AsksBeforeFollowingALink_AndNeedsAYesWhenNobodyIsThere()
    {
        var link = PairingLink.Build(new Uri("http://127.0.0.1:1"), PairingCode.New(), SigningKey.Generate().Public).Reveal();

        var run = await CliRun.Of(_home, "pair", link);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains("wants a yes", run.Error);
        Assert.Contains("endpoint_unreachable", (await CliRun.Of(_home, "pair", link, "--yes")).Error);
    }

    public void Dispose() => _home.Dispose();

    private static void AssertNoTrace(CliRun run) => Assert.DoesNotContain("   at ", run.Error);

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static OneAnswer Answering(string answer) => new(answer);

    /// <summary>Accepts connections and gives every one the same answer, or none.</summary>
    private sealed class OneAnswer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<Socket> _accepted = [];
        private readonly Task _loop;

        public OneAnswer(string answer)
        {
            _listener.Start();
            _loop = ServeAsync(answer);
        }

        public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _loop;
            _accepted.ForEach(socket => socket.Dispose());
        }

        private async Task ServeAsync(string answer)
        {
            try
            {
                while (true)
                {
                    var socket = await _listener.AcceptSocketAsync();
                    _accepted.Add(socket);
                    if (answer.Length > 0)
                    {
                        await socket.ReceiveAsync(new byte[4096]);
                        await socket.SendAsync(Encoding.ASCII.GetBytes(answer));
                        socket.Shutdown(SocketShutdown.Send);
                    }
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The listener was stopped, or the client hung up.
            }
        }
    }
}
