using Netclaw.Protocol;

namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>limits</c>: what connections may cost before anybody has proven anything.</summary>
public sealed class LimitsOptions
{
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
            Handshake = TimeSpan.FromSeconds(section.Integer("handshakeSeconds", (int)Limits.Handshake.TotalSeconds)),
            UnauthenticatedPerAddress = section.Integer("unauthenticatedPerAddress", Limits.UnauthenticatedPerAddress),
            UnauthenticatedTotal = section.Integer("unauthenticatedTotal", Limits.UnauthenticatedTotal),
        };
        section.RejectUnknown();
        return options;
    }
}

public sealed class LimitsOptionsValidator : ConfigValidator<LimitsOptions>
{
    public override IEnumerable<ConfigProblem> Check(LimitsOptions options)
    {
        var ranges = new[]
        {
            OutOfRange("limits.handshakeSeconds", (int)options.Handshake.TotalSeconds, 1, 120, "seconds"),
            OutOfRange("limits.unauthenticatedPerAddress", options.UnauthenticatedPerAddress, 1, 65536, "connections"),
            OutOfRange("limits.unauthenticatedTotal", options.UnauthenticatedTotal, 1, 65536, "connections"),
        };
        foreach (var problem in ranges.OfType<ConfigProblem>())
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
