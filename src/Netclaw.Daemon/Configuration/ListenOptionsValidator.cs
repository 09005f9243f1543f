using System.Net;
using Netclaw.Actors.Trust;

namespace Netclaw.Daemon.Configuration;

/// <summary>What may be bound in which exposure mode (trust.md section 2).</summary>
/// <param name="allowsLoopback"><c>auth.trustedProxy.allowLoopback</c>: the reverse proxy may run on this machine.</param>
public sealed class ListenOptionsValidator(ExposureMode exposure, bool allowsLoopback) : ConfigValidator<ListenOptions>
{
    private const string Key = "listen.address";

    public override IEnumerable<ConfigProblem> Check(ListenOptions options)
    {
        foreach (var problem in OutOfRange(options.Ranged()))
        {
            yield return problem;
        }

        var isLoopback = IPAddress.IsLoopback(options.Address);
        if (exposure == ExposureMode.ReverseProxy)
        {
            if (isLoopback && !allowsLoopback)
            {
                yield return new ConfigProblem(Key, options.Address.ToString(), "With exposure.mode \"reverse-proxy\" the proxy comes from another machine, which cannot reach loopback.",
                    "Write the address that the proxy reaches, or 0.0.0.0. If the proxy runs on this very machine, set auth.trustedProxy.allowLoopback to true.");
            }
        }
        else if (!isLoopback)
        {
            yield return new ConfigProblem(Key, options.Address.ToString(), $"With exposure.mode \"{exposure.Name()}\" the gateway may only listen on loopback.", "Write 127.0.0.1 or ::1.");
        }
    }
}
