using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes;

/// <param name="Qr">Null: when stdout is a terminal.</param>
internal sealed record InviteRequest(string? Name, string? Url, bool? Qr);

/// <summary>What <c>--json</c> shows.</summary>
/// <param name="Link">A secret: whoever has it first joins.</param>
internal sealed record Invitation(SetupCodeId SetupId, Secret Link, string Url, long ExpiresAtMs);

/// <summary><c>netclaw nodes invite</c>.</summary>
internal sealed class InviteNode(CommandContext context)
{
    public async Task<Report> RunAsync(InviteRequest request, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var code = await gateway.CreateSetupAsync(new SetupCodeParams(request.Url, BootstrapProfile: SetupCodeParams.Node, Name: request.Name));
        var invitation = new Invitation(code.SetupId, new Secret(SetupLink.Start + code.SetupCode.Reveal()), code.GatewayUrl, code.ExpiresAtMs);
        return Report.Of(invitation, () => CliJson.Readable.Invitation, (value, screen) => Print(value, screen, request.Qr));
    }

    /// <summary>Piped, the link alone: it goes into another machine's command line.</summary>
    private void Print(Invitation invitation, Screen screen, bool? qr)
    {
        var link = invitation.Link.Reveal();
        if (new Uri(invitation.Url).IsLoopback)
        {
            screen.Progress(new Progress("loopback", $"Only this machine reaches {PlainText.Of(invitation.Url)}: for another one, --public-url or the setting exposure.externalUrl names the address that it uses."));
        }

        if (!screen.Terminal.OutputIsTerminal && qr != true)
        {
            screen.Line(link);
            return;
        }

        screen.Line($"for one machine, expires {Spoken.In(invitation.ExpiresAtMs, context.Time.GetUtcNow())} ({Spoken.Clock(invitation.ExpiresAtMs, context.Time)}); it dials {PlainText.Of(invitation.Url)}");
        screen.Line("on that machine, type one of");
        screen.Line($"  netclaw node run --pair {link}");
        screen.Line($"  openclaw node run --pair {link}");
        screen.Line("Whoever uses the link first is let in: hand it over like a password.");
        if (qr ?? screen.Terminal.OutputIsTerminal)
        {
            screen.Lines(QrCode.Lines(link, screen.Terminal.Color));
        }
    }
}
