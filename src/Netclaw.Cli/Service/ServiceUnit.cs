using System.Globalization;
using System.Text;
using Netclaw.Protocol;

namespace Netclaw.Cli.Service;

/// <summary>
/// Writes the unit that runs netclawd under systemd (systemd.service(5), systemd.exec(5)). Every line that holds the process in was checked against
/// what the daemon does; what would keep it from its work is left out, and the unit says why.
/// </summary>
internal static class ServiceUnit
{
    /// <summary>What a stop needs on top of the drain: last words, the registry, the listeners, telemetry. A daemon that needs longer asks for it.</summary>
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(20);

    public static string Render(UnitFacts facts)
    {
        var unit = new StringBuilder();
        AddUnit(unit, facts);
        AddService(unit, facts);
        AddPlace(unit, facts);
        AddCalls(unit);
        if (facts.IsSystem)
        {
            AddMounts(unit, facts);
        }
        else
        {
            AddNoMounts(unit);
        }

        Section(unit, "Install");
        Line(unit, $"WantedBy={(facts.IsSystem ? "multi-user.target" : "default.target")}");
        return UnitText.Marked(facts.Home.Root, unit.ToString());
    }

    private static void AddUnit(StringBuilder unit, UnitFacts facts)
    {
        Section(unit, "Unit");
        Line(unit, $"Description=Netclaw gateway on {UnitText.Line(facts.Home.Root)}");
        if (facts.IsSystem)
        {
            Line(unit, "After=network.target postgresql.service");
        }

        Comment(unit, "Five failed starts in five minutes, and it stays down until somebody looks: systemctl status, netclaw doctor.");
        Line(unit, "StartLimitIntervalSec=300");
        Line(unit, "StartLimitBurst=5");
    }

    private static void AddService(StringBuilder unit, UnitFacts facts)
    {
        Section(unit, "Service");
        Comment(unit, "READY=1 once it serves, WATCHDOG=1 while the device registry answers, STATUS= for systemctl status.");
        Line(unit, "Type=notify");
        Line(unit, "NotifyAccess=main");
        Line(unit, $"ExecStart={UnitText.Argument(facts.Program)} run --home {UnitText.Argument(facts.Home.Root)}");
        if (facts.DotnetRoot is { } root)
        {
            Line(unit, $"Environment={UnitText.Word("DOTNET_ROOT=" + root)}");
        }

        if (facts.Account is { } account)
        {
            Line(unit, $"User={UnitText.Line(account.Name)}");
        }

        Comment(unit, "A wrong setting, a home of somebody else, a command line that is none: starting again changes nothing.");
        Line(unit, "Restart=on-failure");
        Line(unit, "RestartSec=2");
        Line(unit, $"RestartPreventExitStatus={ExitCodes.Usage} {ExitCodes.Refused} {ExitCodes.Config}");
        Line(unit, "WatchdogSec=60");
        Comment(unit, "A long journal whose snapshot was lost is read from its start.");
        Line(unit, "TimeoutStartSec=600");
        Comment(unit, "Above shutdown.drainSeconds; after that was raised, the daemon asks for the longer time itself.");
        Line(unit, string.Create(CultureInfo.InvariantCulture, $"TimeoutStopSec={(int)(facts.Drain + StopMargin).TotalSeconds}"));
        Comment(unit, "The daemon ends what it started; what is left after that is killed.");
        Line(unit, "KillMode=mixed");
        Comment(unit, "Every line is in logs/netclawd.log (netclaw logs); the journal gets warnings and errors, once, from standard error.");
        Line(unit, "StandardOutput=null");
        Line(unit, "StandardError=journal");
    }

    /// <summary>Only a system unit needs one: what a user unit starts can make its own, and nothing is read-only to it.</summary>
    private static void AddPlace(StringBuilder unit, UnitFacts facts)
    {
        if (facts.Account is not { } account)
        {
            return;
        }

        if (facts.Home.RunDirectory != Path.Combine(facts.Home.Root, "run"))
        {
            Comment(unit, "The home's path is too long for a socket, so the control socket is here. Other users' socket is elsewhere, which is why it is not told of this.");
            Line(unit, $"RuntimeDirectory={NetclawHome.ShortRunName(facts.Home.Root)}");
            Line(unit, "RuntimeDirectoryMode=0700");
            Line(unit, "UnsetEnvironment=RUNTIME_DIRECTORY");
        }
        else if (account.Id == UserId.Root)
        {
            Comment(unit, "Where the socket for other users goes, when netclaw.json names some (control.allowUsers, control.allowGroups).");
            Line(unit, "RuntimeDirectory=netclaw");
            Line(unit, "RuntimeDirectoryMode=0711");
        }
    }

    private static void AddCalls(StringBuilder unit)
    {
        Comment(unit, "What it may ask the kernel for. Netlink is how it learns whose process is behind a loopback connection (sock_diag).");
        Line(unit, "NoNewPrivileges=yes");
        Line(unit, "UMask=0077");
        Line(unit, "LockPersonality=yes");
        Line(unit, "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK");
        Line(unit, "RestrictNamespaces=yes");
        Line(unit, "RestrictRealtime=yes");
        Line(unit, "RestrictSUIDSGID=yes");
        Line(unit, "SystemCallArchitectures=native");
        Line(unit, "SystemCallFilter=@system-service");
        Line(unit, "SystemCallFilter=~@privileged @resources");
        Comment(unit, "Without this one of @resources the .NET runtime does not start.");
        Line(unit, "SystemCallFilter=sched_setaffinity");
        Line(unit, "SystemCallErrorNumber=EPERM");
        Comment(unit, "The runtime compiles while it runs.");
        Line(unit, "MemoryDenyWriteExecute=no");
    }

    private static void AddMounts(StringBuilder unit, UnitFacts facts)
    {
        Comment(unit, "What it sees and may write: the home. All else is read-only, not hidden: netclaw.json may name secrets and certificates anywhere.");
        Line(unit, "CapabilityBoundingSet=");
        Line(unit, "AmbientCapabilities=");
        Line(unit, "ProtectSystem=strict");
        Line(unit, $"ReadWritePaths={UnitText.Word(facts.Home.Root)}");
        Line(unit, "ProtectHome=read-only");
        if (IsTemporary(facts.Home.Root) || IsTemporary(facts.Program))
        {
            Comment(unit, "The home or the program is in a directory for temporary files, which must then be the real one.");
            Line(unit, "PrivateTmp=no");
        }
        else
        {
            Line(unit, "PrivateTmp=yes");
        }

        Line(unit, "PrivateDevices=yes");
        Line(unit, "PrivateIPC=yes");
        Line(unit, "PrivateMounts=yes");
        Line(unit, "ProtectClock=yes");
        Line(unit, "ProtectControlGroups=yes");
        Line(unit, "ProtectHostname=yes");
        Line(unit, "ProtectKernelLogs=yes");
        Line(unit, "ProtectKernelModules=yes");
        Line(unit, "ProtectKernelTunables=yes");
        Comment(unit, "Not ProtectProc= and PrivateUsers=: who connects is decided by the process and the user that the kernel names, and both would hide them.");
        Line(unit, "ProtectProc=default");
        Line(unit, "PrivateUsers=no");
    }

    private static void AddNoMounts(StringBuilder unit) => Comment(unit,
        "Nothing here that needs mounts (ProtectSystem=, PrivateTmp=, ...): for a user's own manager those bring a user namespace, in which the kernel calls every",
        "other user 65534, and then no rule about users of this machine holds. Capabilities it has none. netclaw daemon install --system has all of it.");

    private static bool IsTemporary(string path) =>
        path.StartsWith("/tmp/", StringComparison.Ordinal) || path.StartsWith("/var/tmp/", StringComparison.Ordinal);

    private static void Section(StringBuilder unit, string name) => unit.Append('\n').Append('[').Append(name).Append("]\n");

    private static void Line(StringBuilder unit, string line) => unit.Append(line).Append('\n');

    private static void Comment(StringBuilder unit, params ReadOnlySpan<string> lines)
    {
        unit.Append('\n');
        foreach (var line in lines)
        {
            unit.Append("# ").Append(line).Append('\n');
        }
    }
}
