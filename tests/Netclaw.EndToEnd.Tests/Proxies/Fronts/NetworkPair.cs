using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>
/// Another host of the test's own: a network namespace, joined to this machine by one cable (a veth pair). It has two addresses, the proxy's and a
/// neighbour's. Named after the test's process and its start, so that what a killed test left behind is known and removed by the next.
/// </summary>
internal sealed class NetworkPair : IDisposable
{
    public const string Ip = "/usr/sbin/ip";

    private const string Prefix = "netclaw-";
    private const int Networks = 16384; // of eight addresses, in 198.18.0.0/15 (RFC 2544: between hosts under test, routed nowhere)
    private static readonly Lazy<string?> Probed = new(Probe);

    private NetworkPair(string name, IPAddress first)
    {
        Namespace = name;
        Gateway = Plus(first, 1);
        Proxy = Plus(first, 2);
        Neighbour = Plus(first, 3);
    }

    public string Namespace { get; }

    /// <summary>This machine's address on the cable.</summary>
    public IPAddress Gateway { get; }

    /// <summary>The other host's first address.</summary>
    public IPAddress Proxy { get; }

    /// <summary>The other host's second address: somebody beside the proxy.</summary>
    public IPAddress Neighbour { get; }

    /// <summary>Why there can be none here; null when there can.</summary>
    public static string? Missing => Probed.Value;

    public static NetworkPair Create()
    {
        RemoveLeftOvers();
        var start = Random.Shared.Next(Networks);
        for (var tried = 0; tried < Networks; tried++)
        {
            var number = (start + tried) % Networks;
            var name = $"{Prefix}{Environment.ProcessId}-{StartOf(Environment.ProcessId)}-{number}";
            var pair = new NetworkPair(name, Plus(new IPAddress([198, 18, 0, 0]), number * 8));
            Run(Ip, "netns", "add", name);

            // The interface's name is the claim on its addresses: it exists once on this machine.
            if (Try(Ip, "link", "add", $"nclaw{number}", "type", "veth", "peer", "name", "eth0", "netns", name) is null)
            {
                pair.Connect($"nclaw{number}");
                return pair;
            }

            pair.Dispose();
        }

        throw new InvalidOperationException("every test network is taken");
    }

    /// <summary>A socket of the other host, bound to one of its addresses. Where a socket lives is decided when it is made (setns(2)).</summary>
    public async Task<System.Net.Sockets.Socket> SocketAtAsync(IPAddress address)
    {
        var made = new TaskCompletionSource<System.Net.Sockets.Socket>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                NetworkNamespace.Enter($"/run/netns/{Namespace}");
                var socket = new System.Net.Sockets.Socket(address.AddressFamily, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(address, 0));
                made.SetResult(socket);
            }
            catch (Exception e)
            {
                made.SetException(e);
            }
        });
        thread.Start(); // its own, for it never comes back
        return await made.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    public void Dispose() => Remove(Namespace);

    private void Connect(string cable)
    {
        Run(Ip, "addr", "add", $"{Gateway}/29", "dev", cable);
        Run(Ip, "link", "set", cable, "up");
        string[] there = ["-n", Namespace];
        Run(Ip, [.. there, "addr", "add", $"{Proxy}/29", "dev", "eth0"]);
        Run(Ip, [.. there, "addr", "add", $"{Neighbour}/29", "dev", "eth0"]);
        Run(Ip, [.. there, "link", "set", "eth0", "up"]);
        Run(Ip, [.. there, "link", "set", "lo", "up"]);
    }

    private static void RemoveLeftOvers()
    {
        foreach (var name in Directory.Exists("/run/netns") ? Directory.GetFiles("/run/netns", Prefix + "*").Select(Path.GetFileName) : [])
        {
            if (name!.Split('-') is [_, var pid, var start, _] && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var process) && StartOf(process) != start)
            {
                Remove(name);
            }
        }
    }

    private static void Remove(string name)
    {
        if (Try(out var pids, Ip, "netns", "pids", name) is null)
        {
            foreach (var pid in pids.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                Try("/bin/kill", "-KILL", pid);
            }
        }

        Try(Ip, "netns", "del", name);
    }

    /// <summary>Field 22 of /proc/pid/stat; with it a pid names one process for ever. Null when it is gone.</summary>
    private static string? StartOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string? Probe()
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists(Ip))
        {
            return !File.Exists(Ip) ? $"needs {Ip} (iproute2)" : "needs root to make a network namespace";
        }

        var name = $"{Prefix}{Environment.ProcessId}-{StartOf(Environment.ProcessId)}-probe";
        var refusal = Try(Ip, "netns", "add", name) ?? Try(Ip, "-n", name, "link", "add", "probe0", "type", "veth", "peer", "name", "probe1");
        Try(Ip, "netns", "del", name);
        return refusal is null ? null : "needs a kernel that lets root make network namespaces: " + refusal;
    }

    private static IPAddress Plus(IPAddress address, int number)
    {
        var bytes = address.GetAddressBytes();
        var value = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes) + (uint)number;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return new IPAddress(bytes);
    }

    private static void Run(string program, params string[] arguments)
    {
        if (Try(program, arguments) is { } refusal)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {refusal}");
        }
    }

    private static string? Try(string program, params string[] arguments) => Try(out _, program, arguments);

    /// <returns>Null when it went well, else what it said.</returns>
    private static string? Try(out string output, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        output = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : $"exit code {process.ExitCode}: {error.Trim()}";
    }
}
