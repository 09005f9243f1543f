using Netclaw.Cli.Invocation;

return await CommandLine.RunAsync(args, CliHost.OfProcess());
