using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring;

/// <summary>Nothing was added, nothing taken away, not a letter changed: raw TCP forwarding, or no proxy at all.</summary>
internal static class BytesOnly
{
    public static bool Is(ProbeOutcome outcome, ProbeArrival arrived)
    {
        var sent = ProbeLines.Of(new ProbeBeginResult("", 0, outcome.Settings), null).Skip(1).Select(line => line[..line.IndexOf(':')]).ToList();
        var decoys = arrived.Headers.Where(header => header.Decoy).Select(header => header.Name).ToHashSet(StringComparer.Ordinal);
        return sent.TrueForAll(decoys.Contains)
            && arrived.Headers.Any(header => header.Name == ProxyProbe.Header)
            && !arrived.Headers.Any(header => !header.Decoy && ForwardingFindings.Tells(header.Name));
    }

    public static ProxyFinding Finding(ProbeOutcome outcome) => outcome.Settings.AuthMode == "trusted-proxy"
        ? new ProxyFinding("bytes_only", Severity.Error,
            $"The request arrived as it was sent: {outcome.Url} forwards bytes, or is the gateway itself. Nobody there can say who a user is, and every client can claim to be one.",
            ProxyRemedies.Settings("auth.mode: \"token\"   (or put a proxy there that reads HTTP)"))
        : new ProxyFinding("bytes_only", Severity.Warning,
            $"The request arrived as it was sent: {outcome.Url} forwards bytes, or is the gateway itself. Devices are told apart by their keys; limits and logs see one address for all.", []);
}
