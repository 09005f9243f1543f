using System.Collections.Immutable;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Pairing;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Setup codes: checked before any work, stored as a hash, and only then shown.</summary>
internal sealed partial class DevicesHandler
{
    /// <summary>What an operator's app may do that joins by a code: everything but admin and pairing, as the protocol has it.</summary>
    private static readonly ScopeSet Limited = new(Scope.Read | Scope.Write | Scope.Approvals | Scope.Questions | Scope.TalkSecrets);

    private void CreateSetup(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.SetupCodeParams, out var wanted, Problem))
        {
            return;
        }

        if (SetupUrl(call, wanted.PublicUrl) is not { } url)
        {
            return;
        }

        var (token, kept) = SetupTokens.New();
        var node = wanted.BootstrapProfile == SetupCodeParams.Node;
        ImmutableArray<Role> roles = node ? [Role.Node] : [Role.Operator, Role.Node];
        Ask(new Asked(call) { Token = token, Setup = wanted, Url = url }, id => new RegistryCommand.MintSetup(
            id, _parts.Time.GetUtcNow(), SetupCodeId.New(), kept, roles, node ? ScopeSet.Empty : Limited, wanted.Name, call.Principal));
    }

    private static string? Problem(SetupCodeParams wanted) => wanted switch
    {
        { BootstrapProfile: not (null or SetupCodeParams.Node or SetupCodeParams.Limited) } => $"at $.bootstrapProfile: {SetupCodeParams.Limited} or {SetupCodeParams.Node}",
        { JoinUrl: false } => "at $.joinUrl: true, or left out",
        _ => null,
    };

    /// <returns>Null: the call is answered with what is wrong.</returns>
    private Uri? SetupUrl(MethodCall call, string? given)
    {
        if (given is not null)
        {
            if (SetupLink.TryReadUrl(given, out var url, out var problem))
            {
                return url;
            }

            Invalid(call, $"at $.publicUrl: {problem}");
            return null;
        }

        var known = _parts.Endpoints.ForOtherDevices;
        if (known.Url is null)
        {
            Answer(call, CallResponse.Failure(RefusalTable.Error(
                RefusalCode.InvalidRequest, $"there is no address to put into a setup code: {known.Problem}", "netclaw nodes invite --public-url <address>")));
        }

        return known.Url;
    }

    private void SetupMinted(Asked asked, SetupCodeParams wanted, RegistryReply.SetupMinted minted)
    {
        Record(asked, AuditKind.Pairing, AuditOutcome.Ok, "ok", null, $"setup code {minted.Id}");
        var url = SetupLink.ToWebSocket(asked.Url!);
        var code = SetupLink.Build(url, asked.Token!, minted.ExpiresAt, _parts.Gateway.Key);
        Answer(asked.Call, new SetupCodeResult(
            minted.Id, minted.ExpiresAt.ToUnixTimeMilliseconds(), code, url,
            _parts.Trust.Auth == Trust.AuthMode.Password ? "password" : "token", wanted.PublicUrl is null ? "config" : "params",
            wanted.BootstrapProfile ?? SetupCodeParams.Limited, wanted.BootstrapProfile is null ? true : null)
        {
            QrDataUrl = wanted.IncludeQr == true ? _parts.Qr.DataUrl(new Secret(SetupLink.Start + code.Reveal())) : null,
        }, ProtocolJson.Default.SetupCodeResult);
    }

    private void SetupStatus(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.SetupStatusParams, out var wanted))
        {
            return;
        }

        var registry = _parts.View.Current;
        var setup = registry?.Setups.GetValueOrDefault(wanted.SetupId);
        Answer(call, new SetupStatusResult(
            setup is { SpentBy: { } device } ? SetupCompletions.Of(setup, device, registry!.Devices.GetValueOrDefault(device)?.Name) : null), ProtocolJson.Default.SetupStatusResult);
    }
}
