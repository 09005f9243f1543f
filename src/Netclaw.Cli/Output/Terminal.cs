using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Netclaw.Cli.Output;

/// <summary>
/// The three standard streams and what they are connected to. The descriptors themselves, nothing of <c>Console</c>: that loads terminal
/// descriptions, writes control sequences and changes the terminal's modes; here the kernel does the line editing and the echo.
/// </summary>
public sealed record Terminal
{
    private const int DefaultWidth = 80;

    public required TextWriter Out { get; init; }
    public required TextWriter Error { get; init; }
    public required TextReader In { get; init; }
    public bool InputIsTerminal { get; init; }
    public bool OutputIsTerminal { get; init; }
    public bool ErrorIsTerminal { get; init; }
    public bool Color { get; init; }

    /// <summary>Columns; 80 when nobody knows.</summary>
    public int Width { get; init; } = DefaultWidth;

    public static Terminal OfProcess(Func<string, string?> environment)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var outputIsTerminal = !Console.IsOutputRedirected;
        return new Terminal
        {
            Out = new StreamWriter(new PatientStream(1), utf8) { AutoFlush = false },
            Error = new StreamWriter(new PatientStream(2), utf8) { AutoFlush = true },
            In = new StreamReader(new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0), utf8),
            InputIsTerminal = !Console.IsInputRedirected,
            OutputIsTerminal = outputIsTerminal,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Color = outputIsTerminal && string.IsNullOrEmpty(environment("NO_COLOR")) && environment("TERM") != "dumb",
            Width = outputIsTerminal ? WindowSize.Columns() ?? DefaultWidth : DefaultWidth,
        };
    }
}
