using System.Collections.Immutable;

namespace Netclaw.Actors.Audit;

/// <summary>Everything that a handshake's trace can say, each word with its meaning. Closed: what is not in <see cref="Attributes"/> is in no trace.</summary>
public static class HandshakeWords
{
    public const string Source = "Netclaw.Handshakes";
    public const string Span = "netclaw.handshake";

    public const string Session = "netclaw.session.id";
    public const string Listener = "netclaw.listener";
    public const string Wire = "netclaw.wire";
    public const string Client = "client.address";
    public const string AskedRole = "netclaw.role";
    public const string Outcome = "netclaw.outcome";
    public const string Code = "netclaw.code";
    public const string Method = "netclaw.auth.method";

    public const string CheckEvent = "netclaw.check";
    public const string Check = "netclaw.check.name";
    public const string Passed = "netclaw.check.passed";
    public const string Decision = "netclaw.check.decision";
    public const string Condition = "netclaw.check.condition";

    public const string PairingEvent = "netclaw.pairing";
    public const string Flow = "netclaw.pairing.flow";

    public const string Granted = "granted";
    public const string Refused = "refused";
    public const string Abandoned = "abandoned";

    /// <summary>Of the span.</summary>
    public static ImmutableArray<HandshakeWord> Attributes { get; } =
    [
        new(Session, "the session, as logs, audit records and the client itself know it"),
        new(Listener, "`control`, `shared` or `tcp`"),
        new(Wire, "what was spoken on it: `signalr`, `gateway-ws`"),
        new(Client, "the address that limits count by; `control` on the sockets. Never an identity"),
        new(AskedRole, "the role that was asked for, once the client has said it"),
        new(Outcome, "`granted`, `refused` or `abandoned` (the client went away)"),
        new(Code, "`ok`, `abandoned`, or the code of the refusal"),
        new(Method, "when granted: how the client proved itself"),
    ];

    /// <summary>Of the span's events.</summary>
    public static ImmutableArray<HandshakeWord> EventAttributes { get; } =
    [
        new(Check, $"event `{CheckEvent}`: one check of the policy, in the order in which they ran; those after the one that answered did not run"),
        new(Passed, $"event `{CheckEvent}`: false for the check that refused"),
        new(Decision, $"event `{CheckEvent}`, on the one that answered: `granted`, `must-pair`, `pair-silently`, `enrol-legacy`, `redeem-setup` or `refused`"),
        new(Condition, $"event `{CheckEvent}`, where a check has several conditions: the one that failed"),
        new(Flow, $"event `{PairingEvent}`, when a proven key has to be paired first: `code` or `request`"),
    ];
}

/// <param name="Meaning">One line, for the guide.</param>
public sealed record HandshakeWord(string Name, string Meaning);
