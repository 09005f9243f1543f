using Akka.Actor;
using Akka.Configuration;

namespace Netclaw.Benchmarks.Runtime;

/// <summary>A system without loggers, one for all benchmarks of a process.</summary>
internal static class BenchmarkSystem
{
    public static Config Quiet { get; } =
        ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off, loggers = [] }");

    public static ActorSystem Shared { get; } = ActorSystem.Create("benchmark", Quiet);
}
