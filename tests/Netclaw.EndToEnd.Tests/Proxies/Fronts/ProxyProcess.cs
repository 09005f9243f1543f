using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>
/// A proxy as a process of its own, under a user of its own where the test is root. It dies with the test, even when that is killed: a shell holds
/// the read end of a pipe whose write end only the test has.
/// </summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    /// <summary>www-data: uid and gid 33 on every Debian.</summary>
    public const uint ProxyUser = 33;

    internal const string DiesWithTheTest = """exec 3<&0; "$@" </dev/null & proxy=$!; (cat <&3 >/dev/null; kill -KILL $proxy) 2>/dev/null & wait $proxy""";
    private static readonly TimeSpan ReadyBound = TimeSpan.FromSeconds(15);

    private readonly Process _process;
    private readonly StringBuilder _log;

    private ProxyProcess(Process process, StringBuilder log)
    {
        _process = process;
        _log = log;
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static async Task<ProxyProcess> StartAsync(ProxyProgram program, string[] arguments, ProxyPlace place, StringBuilder log)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = place.Folder,
        };
        string[] elsewhere = place.NetworkNamespace is { } other ? [NetworkPair.Ip, "netns", "exec", other] : [];
        string[] asItself = Environment.IsPrivilegedProcess
            ? [Machines.AsRootFactAttribute.SetPriv, $"--reuid={ProxyUser}", $"--regid={ProxyUser}", "--clear-groups"]
            : [];
        foreach (var argument in (string[])["-c", DiesWithTheTest, "sh", .. elsewhere, .. asItself, program.Path, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["HOME"] = Path.Combine(place.Folder, "scratch");
        var proxy = new ProxyProcess(Process.Start(start)!, log);
        try
        {
            await proxy.ListensAsync(place.Listen);
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    /// <summary>As a crash or an upgrade ends it: every connection through it is cut.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync().WaitAsync(ReadyBound);
        _process.Dispose();
    }

    private async Task ListensAsync(IPEndPoint endpoint)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < ReadyBound && !_process.HasExited)
        {
            using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(endpoint).WaitAsync(ReadyBound);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }

        throw new InvalidOperationException($"nothing listens on {endpoint}\n{_log}");
    }

    private void Append(string? line)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }
    }
}
