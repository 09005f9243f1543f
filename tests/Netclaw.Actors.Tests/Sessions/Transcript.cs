using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

/// <summary>
/// One run of the machine as text: <c>input → transition, effects</c>. Compared with the file of its name under Transcripts/, which is reviewed by
/// eye and rewritten with NETCLAW_UPDATE_TRANSCRIPTS=1.
/// </summary>
internal sealed class Transcript(SessionState state)
{
    private readonly StringBuilder _text = new();

    public SessionState State { get; private set; } = state;

    public IReadOnlyList<SessionEffect> Effects { get; private set; } = [];

    public Transcript Then(SessionInput input)
    {
        var before = State;
        var (next, effects) = SessionMachine.Step(before, input);
        (State, Effects) = (next, effects);
        var at = (input.Now - SessionSamples.Start).TotalMilliseconds;
        _text.Append(CultureInfo.InvariantCulture, $"{at,6:0} ms  {Describe(input)}\n");
        _text.Append(ReferenceEquals(before, next) ? $"           stays {Name(next)}\n" : $"           {Name(before)} -> {Name(next)}\n");
        foreach (var effect in effects)
        {
            _text.Append(CultureInfo.InvariantCulture, $"           - {Describe(effect)}\n");
        }

        return this;
    }

    public void AssertMatches(string name, [CallerFilePath] string here = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(here)!, "Transcripts", name + ".txt");
        if (Environment.GetEnvironmentVariable("NETCLAW_UPDATE_TRANSCRIPTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, _text.ToString());
        }

        Assert.True(File.Exists(file), $"{file} is missing: run the tests once with NETCLAW_UPDATE_TRANSCRIPTS=1");
        Assert.Equal(File.ReadAllText(file), _text.ToString());
    }

    private static string Name(SessionState state) => state switch
    {
        SessionState.AwaitingPairing { Step: var step } => $"{state.Name} ({step})",
        SessionState.Closed { Cause: var cause } => $"{state.Name} ({cause})",
        SessionState.Active { Calls.Length: > 0 and var open } => $"{state.Name} ({open} open)",
        SessionState.Draining { Calls.Length: var open } => $"{state.Name} ({open} open)",
        _ => state.Name,
    };

    private static string Describe(SessionInput input) => input switch
    {
        SessionInput.CallReceived i => $"call {i.CallId} {i.Method}",
        SessionInput.CallWithdrawn i => $"withdraws call {i.CallId}",
        SessionInput.Violated i => $"violates {RefusalTable.For(i.Code).Name}: {i.Seen}",
        SessionInput.TransportClosed i => $"transport closed: {i.Cause}",
        SessionInput.CredentialsChecked i => $"proof is {i.Credentials.Proof}",
        SessionInput.AccessDecided i => $"policy says {i.Decision.GetType().Name}",
        SessionInput.RegistryAnswered i => $"registry answers {i.Reply.CommandId}: {i.Reply.GetType().Name}",
        SessionInput.CallAnswered i => $"handler answers {i.Result.CallId}: {(i.Result.Response.Ok ? "ok" : i.Result.Response.Error!.Code)}",
        SessionInput.CodeProofChecked i => $"code proof {(i.Valid ? "holds" : "fails")}",
        SessionInput.DeadlinePassed i => string.Create(CultureInfo.InvariantCulture, $"deadline {(i.At - SessionSamples.Start).TotalMilliseconds:0} ms"),
        SessionInput.PairingResolved i => i.Approved is null ? $"request ended: {i.Code}" : "request approved",
        SessionInput.DeviceRevoked => "device revoked",
        SessionInput.RegistryStopped => "registry stopped",
        SessionInput.EventPublished i => $"event {i.Name}",
        SessionInput.DrainRequested i => $"drain: {i.Reason}",
        SessionInput.Evicted => "evicted",
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, "not described"),
    };

    private static string Describe(SessionEffect effect) => effect switch
    {
        SessionEffect.CheckCredentials => "check the credentials",
        SessionEffect.Decide e => $"enter the index, ask the policy ({e.Credentials.Proof})",
        SessionEffect.AskRegistry e => $"ask the registry {e.Command.CommandId}: {e.Command.GetType().Name}",
        SessionEffect.CheckCodeProof e => $"check the code's proof against {(e.SealedKey is null ? "nothing" : "the sealed key")}",
        SessionEffect.AwaitRequest e => $"wait for {e.RequestId}",
        SessionEffect.Answer { Response: { Ok: true, Payload: { } payload } } e => $"answer {e.CallId}: {Shown(payload)}",
        SessionEffect.Answer e => $"answer {e.CallId}: {e.Response.Error!.Code}: {e.Response.Error.Message}",
        SessionEffect.Relay e => $"send {e.Event.Name} {Shown(e.Event.Payload)}",
        SessionEffect.Send e => $"send {e.Name} {Shown(e.Payload)}",
        SessionEffect.Promote => "promote",
        SessionEffect.Dispatch e => $"give call {e.Call.CallId} to {e.Handler}",
        SessionEffect.Withdraw e => $"withdraw call {e.CallId} from {e.Handler}",
        SessionEffect.Publish e => $"tell everybody {e.Event.Name}",
        SessionEffect.Record e => $"audit {e.Kind} {e.Action} {e.Outcome} {e.Code} by {e.Subject}: {e.Detail}{(e.Check is null ? "" : $" (check {e.Check})")}",
        SessionEffect.Measure e => $"measure {e.Method.Name}",
        SessionEffect.Close e => $"close {e.CloseCode} {e.Error.Code}",
        SessionEffect.Abort => "abort",
        SessionEffect.Stop => "stop",
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, "not described"),
    };

    /// <summary>hello-ok is long and has its own tests.</summary>
    private static string Shown(JsonElement payload)
    {
        if (payload.TryGetProperty("hello", out var inner))
        {
            return $"proof {payload.GetProperty("proof")}, {Shown(inner)}";
        }

        return payload.TryGetProperty("type", out var type) && type.GetString() == HelloOk.TypeName
            ? $"hello-ok {payload.GetProperty("auth")}"
            : payload.ToString();
    }
}
