using System.Net;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Configuration;

/// <summary>Where TCP clients reach the gateway: section <c>listen</c>. The control socket is always there besides.</summary>
public sealed class ListenOptions
{
    /// <summary>Default 127.0.0.1. With exposure <c>local</c> it must be loopback: anything wider would serve strangers.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Default 5199. 0 takes a free port; what was taken stands in run/netclawd.json.</summary>
    public int Port { get; init; } = Limits.DefaultPort;

    public IPEndPoint EndPoint => new(Address, Port);

    internal static ListenOptions Read(ConfigSection section)
    {
        var options = new ListenOptions
        {
            Address = section.Parsed("address", IPAddress.Loopback, TryAddress, "This is not an IP address.", "Write 127.0.0.1 or ::1."),
            Port = section.Integer("port", Limits.DefaultPort),
        };
        section.RejectUnknown();
        return options;
    }

    private static bool TryAddress(string text, out IPAddress address) => IPAddress.TryParse(text, out address!);
}

/// <param name="exposure">Decides what may be bound.</param>
public sealed class ListenOptionsValidator(ExposureOptions exposure) : ConfigValidator<ListenOptions>
{
    public override IEnumerable<ConfigProblem> Check(ListenOptions options)
    {
        if (OutOfRange("listen.port", options.Port, 0, 65535, "(0 takes a free port)") is { } range)
        {
            yield return range;
        }

        if (exposure.Mode == ExposureMode.Local && !IPAddress.IsLoopback(options.Address))
        {
            yield return new ConfigProblem("listen.address", options.Address.ToString(),
                "With exposure.mode \"local\" the gateway may only listen on loopback.", "Write 127.0.0.1 or ::1.");
        }
    }
}
