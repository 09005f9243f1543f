using Netclaw.Actors.Methods;
using Netclaw.Protocol;

namespace Netclaw.Actors.Hosting;

/// <summary>Says what would be drawn.</summary>
internal sealed class NamedQr : IQrDrawing
{
    public Secret DataUrl(Secret text) => new($"data:{text.Reveal()}");
}
