using System.Reflection;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Architecture;

/// <summary>Who may know whom. One table: assembly, forbidden, why.</summary>
public sealed class DependencyTests
{
    private static readonly Assembly Protocol = typeof(RefusalTable).Assembly;
    private static readonly Assembly Actors = typeof(ConnectionEvidence).Assembly;
    private static readonly Assembly Daemon = Assembly.Load("netclawd");
    private static readonly Assembly Cli = Assembly.Load("netclaw");

    public static TheoryData<string, string, string> Table { get; } = new()
    {
        { "Netclaw.Protocol", "Netclaw.Actors", "the wire knows nothing of who serves it" },
        { "Netclaw.Protocol", "netclawd", "the wire knows nothing of who serves it" },
        { "Netclaw.Protocol", "Netclaw.Runtime", "the wire knows no actors" },
        { "Netclaw.Protocol", "Akka", "the wire knows no actors" },
        { "Netclaw.Protocol", "Microsoft.Data.Sqlite", "the wire stores nothing" },
        { "Netclaw.Actors", "Microsoft.AspNetCore", "actors know no transport" },
        { "Netclaw.Actors", "Microsoft.Data.Sqlite", "actors know no database" },
        { "Netclaw.Actors", "SQLitePCLRaw", "actors know no database" },
        { "Netclaw.Actors", "Npgsql", "actors know no database" },
        { "Netclaw.Actors", "Netclaw.Runtime.Sql", "actors know no database" },
        { "Netclaw.Actors", "netclawd", "the shell depends on the core, never the other way" },
        { "netclaw", "Netclaw.Actors", "the command line speaks the protocol only" },
        { "netclaw", "netclawd", "the command line starts the daemon as a process" },
        { "netclaw", "Netclaw.Runtime", "the command line has no actors" },
        { "netclaw", "Akka", "the command line has no actors" },
        { "netclaw", "Microsoft.Data.Sqlite", "the command line opens no journal" },
        { "netclawd", "netclaw", "the daemon does not know its command line" },
        { "netclawd", "System.CommandLine", "the daemon's arguments are the command line's to explain" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Knows_NothingForbidden(string assembly, string forbidden, string why)
    {
        var known = Find(assembly).GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(name => name == forbidden || name.StartsWith(forbidden + ".", StringComparison.Ordinal));
        Assert.True(!known.Any(), $"{assembly} references {string.Join(", ", known)}: {why}");
    }

    [Fact]
    public void TheEmbeddedRuntime_KnowsNothingOfNetclaw()
    {
        foreach (var file in Repository.Sources("src/Netclaw.Runtime").Concat(Repository.Sources("src/Netclaw.Runtime.Sql")))
        {
            var text = Repository.Read(file);
            foreach (var word in (string[])["Netclaw.Protocol", "Netclaw.Actors", "Netclaw.Daemon", "Netclaw.Cli"])
            {
                Assert.False(text.Contains(word, StringComparison.Ordinal), $"{file} names {word}");
            }
        }
    }

    /// <summary>Frameworks take loopback for a trusted proxy and rewrite what a connection is; the evidence reads the socket and the headers itself.</summary>
    [Fact]
    public void Nothing_BelievesTheFrameworkAboutWhoIsThere()
    {
        string[] forbidden = ["ForwardedHeadersOptions", "UseForwardedHeaders", "RemoteIpAddress", "UseHostFiltering", "IHttpConnectionFeature"];
        Rule.Holds(from file in Repository.Sources("src/Netclaw.Daemon")
            from word in forbidden
            where Code(file).Contains(word, StringComparison.Ordinal)
            select $"{file}: {word}");
    }

    /// <summary>Machines and deciders are pure: no actors, clock, randomness, logger, file or network.</summary>
    [Fact]
    public void MachinesAndDeciders_AreHandedEverything()
    {
        var pure = Repository.Sources("src/Netclaw.Actors").Where(file =>
        {
            var name = Path.GetFileNameWithoutExtension(file);
            return name.Contains("Machine", StringComparison.Ordinal) || name.Contains("Decider", StringComparison.Ordinal)
                || name.StartsWith("TrustPolicy", StringComparison.Ordinal) || file.Contains("/Trust/Reading/", StringComparison.Ordinal) || name is "RegistryState" or "SessionState" or "CallGate";
        }).ToList();
        Assert.NotEmpty(pure);
        string[] forbidden =
        [
            "using Akka", "TimeProvider", "DateTime.", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "Random", "ILogger", "File.", "Task.", "Environment.", "Guid.NewGuid", ".New()",
        ];
        var found = from file in pure
            from word in forbidden
            where Code(file).Contains(word, StringComparison.Ordinal)
            select $"{file}: {word}";
        Rule.Holds(found);
    }

    private static string Code(string file) => string.Join('\n', Repository.Read(file).Split('\n')
        .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    private static Assembly Find(string name) => name switch
    {
        "Netclaw.Protocol" => Protocol,
        "Netclaw.Actors" => Actors,
        "netclawd" => Daemon,
        "netclaw" => Cli,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "not in the table"),
    };
}
