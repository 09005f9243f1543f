using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Offline;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Examining;

/// <summary>What every section looks at: a home, and its configuration as a daemon would read it now.</summary>
internal sealed record Examination(OfflineCall Call, LoadedConfig Config)
{
    public NetclawHome Home => Call.Home;

    public NetclawOptions Options => Config.Options;

    public MachineFacts Machine => Call.Machine;

    public static Examination Of(OfflineCall call) => new(call, ConfigFile.Read(call.Home.ConfigFile, null, call.Machine));
}
