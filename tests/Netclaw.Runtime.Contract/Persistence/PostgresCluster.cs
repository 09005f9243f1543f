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
    /// <summary>Where the server's programs and its tools are.</summary>
    public const string Binaries = "/usr/lib/postgresql/15/bin";

    private const string User = "netclaw";

    // Runs the server until its own standard input ends, which it does however this process ends. Immediate shutdown (SIGQUIT):
    // SIGKILL would leave the server's children behind.
    private const string Guard = """
        "$@" &
        read -r data
        kill -QUIT $!
        wait $!
        [ "$data" = keep ] || rm -rf "$0"
        """;

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<PostgresCluster>> Only = new(Start);

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

    /// <summary>Where the server listens.</summary>
    public string Socket => $"{_directory}/.s.PGSQL.5432";

    public static Task<PostgresCluster> Shared() => Only.Value;

    public static async Task<PostgresCluster> Start()
    {
        var directory = Directory.CreateTempSubdirectory("ncpg").FullName;
        File.SetUnixFileMode(directory, (UnixFileMode)0b111_111_111);
        using var initdb = Launch(AsItsUser("initdb", "-D", $"{directory}/data", "-U", User, "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"));
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

    [SuppressMessage("Security", "CA2100", Justification = "The test's own words.")]
    public async Task<T> Ask<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public Task Stop() => End("keep");

    public async Task StartAgain() => _server = await StartServer(_directory);

    /// <summary>Keeps the stopped server's data under a name, as a base backup would.</summary>
    public Task KeepCopy(string name) => Shell($"cp -a '{_directory}/data' '{_directory}/{name}'");

    /// <summary>Puts a kept copy in the place of the stopped server's data, as a failover to an old replica would.</summary>
    public Task PutCopy(string name) => Shell($"rm -rf '{_directory}/data' && cp -a '{_directory}/{name}' '{_directory}/data'");

    public async ValueTask DisposeAsync()
    {
        await End("remove");
        _server.Dispose();
    }

    private async Task End(string data)
    {
        await _server.StandardInput.WriteLineAsync(data);
        _server.StandardInput.Close();
        await _server.WaitForExitAsync().WaitAsync(LongestStart);
        NpgsqlConnection.ClearAllPools();
    }

    private static async Task Shell(string command)
    {
        using var shell = Launch(["sh", "-c", command]);
        var said = shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync().WaitAsync(LongestStart);
        if (shell.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command} failed: {await said}");
        }
    }

    private static async Task<Process> StartServer(string directory)
    {
        string[] postgres = AsItsUser("postgres", "-D", $"{directory}/data", "-k", directory, "-c", "listen_addresses=", "-c", "max_connections=200");
        var server = Launch(["sh", "-c", Guard, directory, .. postgres]);
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
    private static string[] AsItsUser(string binary, params string[] arguments) => Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", $"{Binaries}/{binary}", .. arguments]
        : [$"{Binaries}/{binary}", .. arguments];

    private static Process Launch(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = "/",
        };
        start.Environment["LC_ALL"] = "C";
        return Process.Start(start)!;
    }
}
