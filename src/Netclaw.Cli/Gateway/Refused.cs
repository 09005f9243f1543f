using Netclaw.Cli.Endpoints;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Gateway;

/// <summary>A gateway's refusal, or why none could be reached, as a person is told it.</summary>
internal static class Refused
{
    /// <param name="before">What was tried before this endpoint.</param>
    public static CommandFailure By(GatewayException refusal, EndpointCandidate via, IEnumerable<Attempt> before) =>
        new(refusal.Error with { Remedy = WithAddress(refusal.Error.Remedy, via.Address) })
        {
            Tried = [.. before, new Attempt(via.What, Seen(refusal))],
        };

    /// <summary>What was seen, without the address that the attempt names anyway.</summary>
    public static string Seen(GatewayException refusal)
    {
        var message = refusal.Error.Message;
        var colon = message.StartsWith("Tried ", StringComparison.Ordinal) ? message.IndexOf(": ", StringComparison.Ordinal) : -1;
        return message[(colon < 0 ? 0 : colon + 2)..].TrimEnd('.');
    }

    /// <summary>The command that can be typed as it is: the placeholder is the address that was tried.</summary>
    public static string? WithAddress(string? remedy, string address) =>
        address.StartsWith("http", StringComparison.Ordinal) ? remedy?.Replace("<url>", address, StringComparison.Ordinal) : remedy;
}
