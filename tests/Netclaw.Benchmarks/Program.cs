using Netclaw.Benchmarks;

return await BenchmarkRegistry.Run(args);
