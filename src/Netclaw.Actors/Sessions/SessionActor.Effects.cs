using System.Collections.Immutable;
using System.Security.Cryptography;
using Akka.Actor;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

/// <summary>What the effects do. Those that ask the session's own side answer at once, through <c>_followUp</c>.</summary>
internal sealed partial class SessionActor
{
    private void Do(SessionEffect effect)
    {
        switch (effect)
        {
            case SessionEffect.CheckCredentials e: CheckCredentials(e); break;
            case SessionEffect.Decide e: Decide(e); break;
            case SessionEffect.AskRegistry e: AskRegistry(e.Command); break;
            case SessionEffect.IssueToken e: IssueToken(e); break;
            case SessionEffect.CheckCodeProof e: CheckCodeProof(e); break;
            case SessionEffect.AwaitRequest e: AwaitRequest(e); break;
            case SessionEffect.Answer { More: true } e: _transport.ReplyFirst(e.CallId, e.Response); break;
            case SessionEffect.Answer e: _transport.Reply(e.CallId, e.Response); break;
            case SessionEffect.Send { Alone: true } e: _transport.SendAlone(e.Name, e.Payload); break;
            case SessionEffect.Send e: _transport.Send(e.Name, e.Payload); break;
            case SessionEffect.ShowSurface: _parts.Handlers[HandlerKey.Nodes].Tell(new NodeArrived(_state.Facts.Id), Self); break;
            case SessionEffect.Relay e: _transport.Relay(e.Event); break;
            case SessionEffect.Promote: Promote(); break;
            case SessionEffect.Dispatch e: _parts.Handlers[e.Handler].Tell(e.Call, Self); break;
            case SessionEffect.Withdraw e: _parts.Handlers[e.Handler].Tell(new MethodCancelled(e.CallId, _state.Facts.Id), Self); break;
            case SessionEffect.Publish e: SessionBroadcast.Tell(_parts.Live, e.Event); break;
            case SessionEffect.Record e: Record(e); break;
            case SessionEffect.Measure e: _parts.Metrics.MethodTook(e.Method.Name, e.Took, e.Ok); break;
            case SessionEffect.Close e: _transport.Close(e.CloseCode, e.Error); break;
            case SessionEffect.Abort: _transport.Abort(); break;
            case SessionEffect.Stop: Context.Stop(Self); break;
            default: throw new ArgumentOutOfRangeException(nameof(effect), effect, "no such effect");
        }
    }

    /// <summary>At once, unless a key set has to be fetched first.</summary>
    private void CheckCredentials(SessionEffect.CheckCredentials e)
    {
        var check = _parts.Credentials.CheckAsync(new CredentialOffer(e.Hello, e.Challenge, _state.Facts.Evidence, Now) { Claim = e.Claim });
        if (check.IsCompletedSuccessfully)
        {
            _followUp = new SessionInput.CredentialsChecked(Now, e.Request, check.Result);
            return;
        }

        var time = _parts.Time;
        _ = check.AsTask().PipeTo(
            Self, success: credentials => new SessionInput.CredentialsChecked(time.GetUtcNow(), e.Request, credentials),
            failure: _ => new SessionInput.Violated(time.GetUtcNow(), RefusalCode.InternalError, "the credentials could not be checked"));
    }

    private void Decide(SessionEffect.Decide e)
    {
        // The index first, the snapshot second: see LiveSessions.
        if (!Sabotage.Is(Break.StayOutOfTheIndex) && e is { Credentials.Proof: ProofVerdict.Valid, Hello.DeviceKey: { } key } && _live.Device is null)
        {
            _parts.Live.Enter(_live, key.DeviceId);
        }

        var evidence = _state.Facts.Evidence;
        var answered = -1;
        var decision = _parts.View.Current is { } registry
            ? _parts.Policy.Decide(new AccessQuestion(evidence, e.Hello, DeviceTokens.StillStanding(e.Credentials, registry), _parts.Trust, registry), out answered)
            : new AccessDecision.Refused(RefusalCode.GatewayStarting, "registry", "the gateway is still reading its journal");
        _trace?.Checked(_parts.Policy.Checks(evidence.Listener), answered, decision, Now);
        if (decision is AccessDecision.Granted { Principal: { IsInternal: true, Device: null } admitted })
        {
            var node = admitted with { Node = NodeId.New() };
            decision = new AccessDecision.Granted(node);
            SessionLog.InternalNode(_parts.Log, _state.Facts.Id, node.Node.ToString()!, node.Name);
        }

        var (token, handed, needed) = Token(e, decision);
        _followUp = new SessionInput.AccessDecided(Now, e.Request, decision, decision is AccessDecision.MustPair ? Nonce.New() : "") { Token = token, Handed = handed, NeedsToken = needed };
    }

    /// <summary>Of a protocol device that is let in: its token for the role it came in, and those that its setup code hands over. Its own words tell it nothing new.</summary>
    private (IssuedToken? Token, ImmutableArray<HandedToken> Handed, bool Needed) Token(SessionEffect.Decide e, AccessDecision decision)
    {
        if (e.Credentials.Kind != ProofKind.Protocol || decision is not AccessDecision.Granted { Principal.Device: { } id }
            || _parts.View.Current is not { } registry || registry.Devices.GetValueOrDefault(id) is not { Kind: DeviceKind.Paired } device)
        {
            return (null, [], false);
        }

        var setup = e.Credentials.SetupCode is { } code ? registry.Setups.GetValueOrDefault(code) : null;
        return (
            DeviceTokens.Known(_parts.Sealer, device, e.Hello.Role), setup is null ? [] : DeviceTokens.Handed(_parts.Sealer, device, e.Hello.Role, setup),
            device.Tokens.All(token => token.Role != e.Hello.Role));
    }

    private void IssueToken(SessionEffect.IssueToken e)
    {
        var (token, salt) = DeviceTokens.New(_parts.Sealer, e.Device, e.Role);
        AskRegistry(new RegistryCommand.IssueToken(e.Request, Now, e.Device, e.Role, DeviceTokens.HashOf(token), salt) { Beside = e.Setup is { } setup ? Beside(e, setup) : null });
    }

    private TokenHandover Beside(SessionEffect.IssueToken e, SetupCodeId setup)
    {
        var other = e.Role == Role.Node ? Role.Operator : Role.Node;
        var (token, salt) = DeviceTokens.New(_parts.Sealer, e.Device, other);
        return new TokenHandover(setup, other, DeviceTokens.HashOf(token), salt);
    }

    private void AskRegistry(RegistryCommand command)
    {
        var registry = _parts.Registry();
        if (!registry.Equals(_asked))
        {
            StopWatching();
            _asked = registry;
        }

        Context.Watch(registry);
        registry.Tell(command, Self);
    }

    private void CheckCodeProof(SessionEffect.CheckCodeProof e)
    {
        var transcript = CodeExchange.Transcript(e.Transcript);
        var opened = OpenKey(e);
        var key = opened ?? RandomNumberGenerator.GetBytes(CodeStretch.KeyBytes);
        var valid = CodeExchange.VerifyDeviceProof(key, transcript, e.Proof) && opened is not null;
        _followUp = new SessionInput.CodeProofChecked(
            Now, e.Request, valid, valid ? CodeExchange.GatewayProof(key, transcript, e.Granted) : null);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Null without a code: the check then runs against a key nobody holds, so that it takes as long.</summary>
    private byte[]? OpenKey(SessionEffect.CheckCodeProof e)
    {
        if (e.SealedKey is null)
        {
            return null;
        }

        if (_parts.Sealer.TryOpen(e.SealedKey, SealedCode.Purpose(e.Transcript.CodeId), out var key))
        {
            return key;
        }

        SessionLog.CodeUnreadable(_parts.Log, _state.Facts.Id, e.Transcript.CodeId);
        return null;
    }

    private void AwaitRequest(SessionEffect.AwaitRequest e)
    {
        // The index first, the snapshot second: a decision made since the request was stored is seen here or told to us.
        _parts.Live.Enter(_live, e.RequestId);
        if (_parts.View.Current is not { } registry || registry.Pending.ContainsKey(e.RequestId))
        {
            return;
        }

        _followUp = registry.Devices.TryGetValue(e.Device, out var device) && !device.IsRevoked
            ? new SessionInput.PairingResolved(Now, e.RequestId, device, null, null)
            : new SessionInput.PairingResolved(Now, e.RequestId, null, RefusalCode.PairingRequestNotFound, "the request was decided or dropped before the wait for it began");
    }

    private void Promote()
    {
        if (_state is SessionState.Active { Principal.Device: { } device })
        {
            _parts.Live.Admit(_live, device);
        }

        if (_live.Request is { } request)
        {
            _parts.Live.Leave(_live, request);
        }

        StopWatching();
        _transport.Promote();
    }

    private void StopWatching()
    {
        if (_asked is { } registry)
        {
            Context.Unwatch(registry);
        }
    }

    private void Record(SessionEffect.Record e)
    {
        _parts.Audit.Session(e, _state.Facts, Now);
        _parts.Metrics.Recorded(e.Kind, e.Action, e.Code);
    }
}
