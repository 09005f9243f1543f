using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Draws a text as a picture that a camera reads.</summary>
public interface IQrDrawing
{
    /// <returns>A PNG as a <c>data:</c> url; as secret as the text.</returns>
    Secret DataUrl(Secret text);
}
