using System.Text;
using QRCoder;

namespace Netclaw.Cli.Output;

/// <summary>A QR code in half blocks, two modules per line, dark on light whatever the terminal's colours.</summary>
internal static class QrCode
{
    private const int QuietZone = 2;

    /// <summary>Loads QRCoder on the first call, so that no other command pays for it.</summary>
    public static IReadOnlyList<string> Lines(string text, bool color)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.L);
        // The matrix comes with a quiet zone of four modules; two are enough for every reader and save four columns.
        var matrix = data.ModuleMatrix;
        const int shipped = 4;
        var size = matrix.Count - 2 * shipped;
        bool Dark(int x, int y) => x >= 0 && y >= 0 && x < size && y < size && matrix[y + shipped][x + shipped];

        var lines = new List<string>();
        for (var y = -QuietZone; y < size + QuietZone; y += 2)
        {
            var line = new StringBuilder();
            for (var x = -QuietZone; x < size + QuietZone; x++)
            {
                line.Append((Dark(x, y), Dark(x, y + 1)) switch
                {
                    (false, false) => '█',
                    (false, true) => '▀',
                    (true, false) => '▄',
                    (true, true) => ' ',
                });
            }

            // Without colour the light modules are drawn in the foreground: right on dark terminals, inverted on light ones,
            // which readers accept as well.
            lines.Add(color ? $"\e[97;40m{line}\e[0m" : line.ToString());
        }

        return lines;
    }
}
