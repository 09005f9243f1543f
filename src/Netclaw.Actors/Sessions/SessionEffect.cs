using System.Text.Json;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using Netclaw.Protocol.Frames;

namespace Netclaw.Actors.Sessions;

/// <summary>What a session wants done, in order. Closed; the shell does it and reports back with a <see cref="SessionInput"/> where one is named.</summary>
public abstract record SessionEffect
{
    private SessionEffect()
    {
    }

    /// <summary>Check the device's signature and every other credential; answered with <see cref="SessionInput.CredentialsChecked"/>.</summary>
    /// <param name="Claim">What the device's signature covers, where it is the gateway protocol's.</param>
    public sealed record CheckCredentials(long Request, ConnectParams Hello, ConnectChallenge Challenge, DeviceClaim? Claim = null) : SessionEffect;

    /// <summary>
    /// Enter the live index under the proven device, then read the registry's snapshot and ask the policy, in this order; answered with
    /// <see cref="SessionInput.AccessDecided"/>.
    /// </summary>
    public sealed record Decide(long Request, Hello Hello, Credentials Credentials) : SessionEffect;

    /// <summary>Answered with <see cref="SessionInput.RegistryAnswered"/>, or <see cref="SessionInput.RegistryStopped"/>.</summary>
    public sealed record AskRegistry(RegistryCommand Command) : SessionEffect;

    /// <summary>Make a protocol device's first bearer token and have the registry keep its hash; answered with <see cref="SessionInput.RegistryAnswered"/>.</summary>
    /// <param name="Setup">The code that it has come in by: good for another role's token as well, where it names one.</param>
    public sealed record IssueToken(long Request, DeviceId Device, Role Role, SetupCodeId? Setup = null) : SessionEffect;

    /// <summary>Check the proof of a code; answered with <see cref="SessionInput.CodeProofChecked"/>. Without a code the work is the same and the answer no.</summary>
    public sealed record CheckCodeProof(long Request, CodeTranscript Transcript, SealedSecret? SealedKey, string Proof, ScopeSet Granted) : SessionEffect;

    /// <summary>Enter the live index under the request, then look whether it was decided meanwhile; answered with <see cref="SessionInput.PairingResolved"/>, then or later.</summary>
    public sealed record AwaitRequest(PairingRequestId RequestId, DeviceId Device) : SessionEffect;

    /// <summary>The one answer to a call.</summary>
    /// <param name="More">Not the last word: left out where the transport has one answer only.</param>
    public sealed record Answer(long CallId, CallResponse Response, bool More = false) : SessionEffect;

    /// <param name="Alone">It is for this client alone.</param>
    public sealed record Send(string Name, JsonElement Payload, bool Alone = false) : SessionEffect;

    /// <summary>Tell the client what others are told as well.</summary>
    public sealed record Relay(SharedEvent Event) : SessionEffect;

    /// <summary>The connection has proven who it is: larger messages, no deadline, counted apart.</summary>
    public sealed record Promote : SessionEffect;

    /// <summary>Give the call to its handler; answered with <see cref="SessionInput.CallAnswered"/>.</summary>
    public sealed record Dispatch(HandlerKey Handler, MethodCall Call) : SessionEffect;

    /// <summary>Tell the handler that nobody waits for the answer any more.</summary>
    public sealed record Withdraw(HandlerKey Handler, long CallId) : SessionEffect;

    /// <summary>Tell every session.</summary>
    public sealed record Publish(SessionInput.EventPublished Event) : SessionEffect;

    /// <summary>A node with a key of its own is there: whoever keeps surfaces looks at what it offers. Nobody waits for it.</summary>
    public sealed record ShowSurface : SessionEffect;

    /// <summary>One audit record, and the count that goes with it.</summary>
    public sealed record Record(AuditKind Kind, string Action, AuditOutcome Outcome, string Code, string Subject, DeviceId? Device, string? Detail) : SessionEffect
    {
        /// <summary>The policy's check that failed; null when it was not the policy that refused.</summary>
        public string? Check { get; init; }
    }

    /// <summary>How long a method took.</summary>
    public sealed record Measure(MethodEntry Method, TimeSpan Took, bool Ok) : SessionEffect;

    /// <summary>Say why, then close.</summary>
    public sealed record Close(int CloseCode, CallError Error) : SessionEffect;

    /// <summary>Cut the connection.</summary>
    public sealed record Abort : SessionEffect;

    /// <summary>The session is over; leave the index and stop.</summary>
    public sealed record Stop : SessionEffect;
}
