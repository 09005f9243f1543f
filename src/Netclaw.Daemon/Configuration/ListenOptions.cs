using System.Net;
using Netclaw.Daemon.Schema;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Configuration;

/// <summary>Where TCP clients reach the gateway: section <c>listen</c>. The control socket is always there besides.</summary>
public sealed class ListenOptions
{
    private static readonly IntegerRange Ports = new(0, 65535, "(0 takes a free port)");

    /// <summary>Default 127.0.0.1. Loopback unless a proxy on another machine stands in front: anything wider would serve strangers.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Default 5199. 0 takes a free port; what was taken stands in run/netclawd.json.</summary>
    public int Port { get; init; } = Limits.DefaultPort;

    public IPEndPoint EndPoint => new(Address, Port);

    internal static ListenOptions Read(ConfigSection section)
    {
        var options = new ListenOptions
        {
            Address = section.Read("address", IPAddress.Loopback, Forms.Address, "The address that TCP clients reach. Loopback, except with exposure.mode \"reverse-proxy\"."),
            Port = section.Read("port", Limits.DefaultPort, new IntegerForm(Ports), "The port; 0 takes a free one, which run/netclawd.json names then."),
        };
        section.RejectUnknown();
        return options;
    }

    internal IEnumerable<(string Key, int Value, IntegerRange Range)> Ranged() => [("listen.port", Port, Ports)];
}
