using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Netclaw.Runtime.Contract.Persistence;

/// <summary>
/// A throw-away PostgreSQL server on a Unix socket in a temporary directory, as an unprivileged user. One for the test process,
/// started by the first test that asks; each test gets a schema of its own.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";
    private const string User = "netclaw";

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<PostgresCluster>> Only = new(StartForThisProcess);

    private readonly string _directory;
    private Process _server;
    private int _schemas;

    private PostgresCluster(string directory, Process server)
    {
        _directory = directory;
        _server = server;
    }

    /// <summary>Why there is no PostgreSQL to test with; null when there is.</summary>
    public static string? Missing { get; } =
        File.Exists(Path.Combine(Binaries, "initdb")) ? null : $"PostgreSQL 15 is not installed in {Binaries}.";

    public string ConnectionString => $"Host={_directory};Username={User};Database=postgres;Timeout=30;Include Error Detail=true";

    public static Task<PostgresCluster> Shared() => Only.Value;

    public static async Task<PostgresCluster> Start()
    {
        var directory = Directory.CreateTempSubdirectory("ncpg").FullName;
        File.SetUnixFileMode(directory, (UnixFileMode)0b111_111_111);
        using var initdb = Launch("initdb", "-D", $"{directory}/data", "-U", User, "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C");
        var output = initdb.StandardError.ReadToEndAsync();
        _ = await initdb.StandardOutput.ReadToEndAsync();
        await initdb.WaitForExitAsync();
        if (initdb.ExitCode != 0)
        {
            throw new InvalidOperationException($"initdb failed: {await output}");
        }

        return new PostgresCluster(directory, await StartServer(directory));
    }

    /// <summary>A schema that nobody else uses.</summary>
    public async Task<string> NewSchema()
    {
        var schema = $"t{Interlocked.Increment(ref _schemas)}";
        await Execute($"CREATE SCHEMA {schema}");
        return schema;
    }

    [SuppressMessage("Security", "CA2100", Justification = "The test's own words.")]
    public async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task Stop()
    {
        Kill(_server);
        await _server.WaitForExitAsync();
        NpgsqlConnection.ClearAllPools();
    }

    public async Task StartAgain() => _server = await StartServer(_directory);

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _server.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<PostgresCluster> StartForThisProcess()
    {
        var cluster = await Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Kill(cluster._server);
            cluster._server.WaitForExit(TimeSpan.FromSeconds(10));
            Directory.Delete(cluster._directory, recursive: true);
        };
        return cluster;
    }

    private static async Task<Process> StartServer(string directory)
    {
        var server = Launch("postgres", "-D", $"{directory}/data", "-k", directory, "-c", "listen_addresses=", "-c", "max_connections=200");
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("ready to accept connections", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        };
        server.BeginErrorReadLine();
        server.BeginOutputReadLine();
        await ready.Task.WaitAsync(LongestStart);
        return server;
    }

    // The server refuses to run as root.
    private static Process Launch(string binary, params string[] arguments)
    {
        var start = new ProcessStartInfo { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = "/" };
        start.Environment["LC_ALL"] = "C";
        string[] command = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", $"{Binaries}/{binary}", .. arguments]
            : [$"{Binaries}/{binary}", .. arguments];
        start.FileName = command[0];
        foreach (var argument in command[1..])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    // SIGQUIT is PostgreSQL's immediate shutdown; SIGKILL would leave its children behind.
    private static void Kill(Process server)
    {
        if (!server.HasExited)
        {
            using var kill = Process.Start("kill", ["-QUIT", server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            kill.WaitForExit(TimeSpan.FromSeconds(10));
        }
    }
}
