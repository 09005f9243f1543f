using Netclaw.Daemon;
using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Start;

if (args is [OfflineHost.Word, .. var rest])
{
    return await OfflineHost.RunAsync(rest, CancellationToken.None);
}

var problems = new StartProblems();
if (DaemonArguments.Parse(args, problems) is { } arguments)
{
    return await DaemonHost.RunAsync(arguments, overrides: null, CancellationToken.None);
}

StandardError.Write(StartReport.Render(problems, args.Contains("--json-errors")));
return problems.ExitCode;
