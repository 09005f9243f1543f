using System.CommandLine;

namespace Netclaw.Cli.Commands;

/// <summary><c>--qr</c> and <c>--no-qr</c>: neither means a QR code when stdout is a terminal.</summary>
internal static class QrOptions
{
    public static Option<bool> Qr() => new("--qr") { Description = "Show the pairing link as a QR code even when stdout is no terminal." };

    public static Option<bool> NoQr() => new("--no-qr") { Description = "Do not show a QR code." };

    public static bool? Read(ParseResult parsed, Option<bool> qr, Option<bool> noQr) =>
        parsed.GetValue(noQr) ? false : parsed.GetValue(qr) ? true : null;
}
