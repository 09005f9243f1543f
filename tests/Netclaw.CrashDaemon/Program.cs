using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Journal;
using Netclaw.CrashDaemon;
using Netclaw.Daemon;
using Netclaw.Daemon.Start;

var problems = new StartProblems();
if (DaemonArguments.Parse(args, problems) is { } arguments)
{
    var order = new CrashOrder(Path.Combine(arguments.Home!, CrashOrder.FileName));
    return await DaemonHost.RunAsync(arguments, services => services.AddSingleton<IDurabilityProbe>(order), CancellationToken.None);
}

StandardError.Write(StartReport.Render(problems, asJson: true));
return problems.ExitCode;
