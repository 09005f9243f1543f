using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Pairing;

/// <param name="Qr">Null: when stdout is a terminal.</param>
internal sealed record MintRequest(Role Role, ScopeSet? Scopes, string? Name, bool? Qr);

/// <summary><c>netclaw daemon pair</c>: a code for one more device.</summary>
internal sealed class MintCode(CommandContext context)
{
    public async Task<Report> RunAsync(MintRequest request, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var code = await gateway.CreateCodeAsync(new CodeCreateParams(request.Role, request.Scopes, request.Name));
        return Report.Of(code, () => CliJson.Readable.CodeCreateResult, (value, screen) => CodeSheet.Print(value, screen, request.Qr, context.Time));
    }
}
