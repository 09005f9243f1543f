using Netclaw.Daemon.Schema;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>limits</c>: what connections may cost before anybody has proven anything.</summary>
public sealed class LimitsOptions
{
    private static readonly IntegerRange Seconds = new(1, 120, "seconds");
    private static readonly IntegerRange Connections = new(1, 65536, "connections");

    /// <summary>From accept to authenticated. Default 15 s; too small cuts slow links off, too large lets idle sockets occupy places.</summary>
    public TimeSpan Handshake { get; init; } = Limits.Handshake;

    /// <summary>Unauthenticated connections of one client address (IPv6: one /64). Default 32; beyond it the oldest makes room.</summary>
    public int UnauthenticatedPerAddress { get; init; } = Limits.UnauthenticatedPerAddress;

    /// <summary>Unauthenticated TCP connections in all. Default 1024; the control socket has its own reserve.</summary>
    public int UnauthenticatedTotal { get; init; } = Limits.UnauthenticatedTotal;

    internal static LimitsOptions Read(ConfigSection section)
    {
        var options = new LimitsOptions
        {
            Handshake = TimeSpan.FromSeconds(section.Read("handshakeSeconds", (int)Limits.Handshake.TotalSeconds, new IntegerForm(Seconds), "How long a connection may take to authenticate.")),
            UnauthenticatedPerAddress = section.Read("unauthenticatedPerAddress", Limits.UnauthenticatedPerAddress, new IntegerForm(Connections), "Unauthenticated connections of one client address; beyond it the oldest makes room."),
            UnauthenticatedTotal = section.Read("unauthenticatedTotal", Limits.UnauthenticatedTotal, new IntegerForm(Connections), "Unauthenticated TCP connections in all; the control socket has its own reserve."),
        };
        section.RejectUnknown();
        return options;
    }

    internal IEnumerable<(string Key, int Value, IntegerRange Range)> Ranged() =>
    [
        ("limits.handshakeSeconds", (int)Handshake.TotalSeconds, Seconds),
        ("limits.unauthenticatedPerAddress", UnauthenticatedPerAddress, Connections),
        ("limits.unauthenticatedTotal", UnauthenticatedTotal, Connections),
    ];
}

public sealed class LimitsOptionsValidator : ConfigValidator<LimitsOptions>
{
    public override IEnumerable<ConfigProblem> Check(LimitsOptions options)
    {
        foreach (var problem in OutOfRange(options.Ranged()))
        {
            yield return problem;
        }

        if (options.UnauthenticatedPerAddress > options.UnauthenticatedTotal)
        {
            yield return new ConfigProblem("limits.unauthenticatedPerAddress", $"{options.UnauthenticatedPerAddress}",
                "One address could take every place.", $"Write at most {options.UnauthenticatedTotal}, the value of limits.unauthenticatedTotal.");
        }
    }
}
