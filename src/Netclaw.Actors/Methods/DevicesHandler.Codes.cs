using System.Globalization;
using System.Security.Cryptography;
using Akka.Actor;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Pairing;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Minting codes: checked before any work, stretched away from the actor's thread, sealed, stored, and only then shown.</summary>
internal sealed partial class DevicesHandler
{
    private void CreateCode(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.CodeCreateParams, out var wanted))
        {
            return;
        }

        var scopes = wanted.Scopes ?? (wanted.Role == Role.Operator ? call.Principal.Scopes.Grant(ScopeSet.DeviceDefault) : ScopeSet.Empty);
        if (Problem(call, wanted, scopes) is { } problem)
        {
            var remedy = problem.Code == RefusalCode.PairingScopeExceedsApprover ? $"netclaw daemon pair --scopes {call.Principal.Scopes}" : null;
            Answer(call, CallResponse.Failure(RefusalTable.Error(problem.Code, problem.Seen, remedy)));
            return;
        }

        _stretching++;
        var code = PairingCode.New();
        _ = Task.Run(() => Stretch(code)).PipeTo(
            Self,
            success: key => new Stretched(call, wanted, scopes, code, key),
            failure: cause => new StretchFailed(call, cause));
    }

    private (RefusalCode Code, string Seen)? Problem(MethodCall call, CodeCreateParams wanted, ScopeSet scopes)
    {
        if (!Enum.IsDefined(wanted.Role))
        {
            return (RefusalCode.InvalidRequest, $"invalid {call.Method} params: at $.role: must be operator or node");
        }

        if (wanted.Name is { } name && !DeviceName.TryNormalize(name, out _, out var unfit))
        {
            return (RefusalCode.DeviceNameInvalid, unfit);
        }

        if (!call.Principal.Scopes.Covers(scopes))
        {
            return (RefusalCode.PairingScopeExceedsApprover, $"{call.Principal.Subject} holds {call.Principal.Scopes} and cannot grant {scopes}");
        }

        return (_parts.View.Current?.LiveCodes ?? 0) + _stretching >= IssuedCode.MaximumLive
            ? (RefusalCode.TooManyLiveCodes, string.Create(CultureInfo.InvariantCulture, $"{IssuedCode.MaximumLive} codes are waiting to be used"))
            : null;
    }

    private SealedSecret Stretch(PairingCode code)
    {
        var key = CodeStretch.Stretch(code, _parts.Gateway.Id);
        var secret = _parts.Sealer.Seal(key, SealedCode.Purpose(code.Id));
        CryptographicOperations.ZeroMemory(key);
        return secret;
    }

    private void Mint(Stretched stretched)
    {
        _stretching--;
        var call = stretched.Call;
        Ask(new Asked(call) { Code = stretched.Code }, id => new RegistryCommand.MintCode(
            id, _parts.Time.GetUtcNow(), stretched.Code.Id, stretched.Key, stretched.Wanted.Role, stretched.Scopes, stretched.Wanted.Name, call.Principal)
        {
            Lifetime = _parts.Pairing.CodeLifetime,
        });
    }

    private void NotStretched(StretchFailed failed)
    {
        _stretching--;
        MethodLog.StretchFailed(_parts.Log, failed.Cause);
        Refuse(failed.Call, RefusalCode.InternalError, "the code could not be made");
    }

    private CodeCreateResult Result(PairingCode code, DateTimeOffset expiresAt)
    {
        var endpoint = _parts.Endpoints.ForOtherDevices;
        var url = endpoint.Url?.AbsoluteUri.TrimEnd('/');
        return new CodeCreateResult(
            code.Id, code.ToDisplay(), expiresAt.ToUnixTimeMilliseconds(), url, endpoint.Problem,
            $"netclaw pair {url ?? "<url>"}", Link(code, endpoint.Url));
    }

    /// <summary>Without an address the link still names code and key; reading it says that the url is missing.</summary>
    private Secret Link(PairingCode code, Uri? url) => url is not null
        ? PairingLink.Build(url, code, _parts.Gateway.Key)
        : new Secret($"netclaw://pair?code={code.ToDisplay().Reveal().Replace("-", "", StringComparison.Ordinal)}&key={_parts.Gateway.Key.HashText}");

    /// <summary>Not records: they hold the code.</summary>
    private sealed class Stretched(MethodCall call, CodeCreateParams wanted, ScopeSet scopes, PairingCode code, SealedSecret key)
    {
        public MethodCall Call => call;
        public CodeCreateParams Wanted => wanted;
        public ScopeSet Scopes => scopes;
        public PairingCode Code => code;
        public SealedSecret Key => key;
    }

    private sealed class StretchFailed(MethodCall call, Exception cause)
    {
        public MethodCall Call => call;
        public Exception Cause => cause;
    }
}
