using Netclaw.Actors.Methods;
using Netclaw.Protocol;
using QRCoder;

namespace Netclaw.Daemon.Pairing;

/// <summary>A setup link as the picture that apps show and cameras read, one bit a pixel: two to four thousand characters.</summary>
internal sealed class QrDrawing : IQrDrawing
{
    private const int PixelsPerModule = 4;

    public Secret DataUrl(Secret text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text.Reveal(), QRCodeGenerator.ECCLevel.L);
        using var picture = new PngByteQRCode(data);
        return new Secret("data:image/png;base64," + Convert.ToBase64String(picture.GetGraphic(PixelsPerModule)));
    }
}
