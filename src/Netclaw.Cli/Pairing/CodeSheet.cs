using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Pairing;

/// <summary>A pairing code as a person uses it: the code, until when, what to type where, and the link to scan.</summary>
internal static class CodeSheet
{
    /// <param name="qr">Null: when stdout is a terminal.</param>
    public static void Print(CodeCreateResult code, Screen screen, bool? qr, TimeProvider time)
    {
        var left = Spoken.In(code.ExpiresAtMs, time.GetUtcNow());
        screen.Line($"pairing code  {screen.Bold(code.Code.Reveal())}   for one device, expires {left} ({Spoken.Clock(code.ExpiresAtMs, time)})");
        if (code.Url is null)
        {
            screen.Line($"There is no address to give to another device: {PlainText.Of(code.UrlProblem)}");
            return;
        }

        screen.Line("on the other device, type");
        screen.Line("  " + PlainText.Of(code.Command));
        if (code.UrlProblem is { } limit)
        {
            screen.Lines(Wrapping.Wrap($"({PlainText.Of(limit)})", screen.Width));
        }

        if (qr ?? screen.Terminal.OutputIsTerminal)
        {
            screen.Line("or scan the link there");
            screen.Lines(QrCode.Lines(code.Link.Reveal(), screen.Terminal.Color));
        }
    }
}
