using Netclaw.Actors.Methods;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Reading;

/// <summary>The files of this home.</summary>
internal sealed class GatewayReading(NetclawHome home) : IGatewayReading
{
    public ConfigGetResult Config() => ShownConfig.Of(home.ConfigFile);

    public LogsTailResult Log(LogsTailParams wanted) => LogTail.Read(home.DaemonLog, wanted);
}
