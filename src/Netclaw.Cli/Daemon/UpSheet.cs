using System.Globalization;
using Netclaw.Cli.Output;
using Netclaw.Cli.Pairing;

namespace Netclaw.Cli.Daemon;

/// <summary>What stands, as a person reads it, and then what to do next.</summary>
internal static class UpSheet
{
    public static void Print(UpReport report, Screen screen, bool? qr, TimeProvider time)
    {
        screen.Line(report.Started ? "netclawd is up." : "netclawd was up already.");
        screen.Line();
        screen.Lines(new Sheet()
            .Add("gateway", $"{report.Gateway.Name}  {report.Gateway.Id}")
            .Add("endpoint", string.Join(", ", report.Endpoints.IsDefault ? [] : report.Endpoints))
            .Add("control", report.ControlSocket)
            .Add("pid", report.Pid.ToString(CultureInfo.InvariantCulture))
            .Add("devices", Devices(report))
            .Lines(screen.Width));
        screen.Line();
        if (report.Pairing is { } pairing)
        {
            CodeSheet.Print(pairing, screen, qr, time);
        }
        else if (report.PairingProblem is { } problem)
        {
            screen.Line($"No pairing code: {PlainText.Of(problem.Message)} ({PlainText.Of(problem.Code)})");
        }
        else
        {
            screen.Line("Pair a device with: netclaw daemon pair");
        }
    }

    private static string Devices(UpReport report)
    {
        var names = string.Join(", ", report.Devices.Select(device => device.Name));
        var paired = report.Devices.IsEmpty ? "none paired yet" : $"{report.Devices.Length} paired: {names}";
        return report.Pending == 0 ? paired : $"{paired}; {Spoken.Count(report.Pending, "request")} waiting (netclaw devices list)";
    }
}
