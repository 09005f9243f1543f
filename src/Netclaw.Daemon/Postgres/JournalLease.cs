using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Netclaw.Daemon.Journal;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;
using Npgsql;

namespace Netclaw.Daemon.Postgres;

/// <summary>
/// The right to write to one database's journal: a session-level advisory lock on a connection of its own, so that the server gives it back
/// when this process ends, however it ends. Advisory locks belong to one database, so the key is a constant. What a
/// process that lost it without knowing still writes is fenced by the journal's unique sequence numbers.
/// </summary>
internal sealed class JournalLease(PostgresSettings settings) : IAsyncDisposable
{
    private const int OldestServer = 15_00_00;

    // The first half is Netclaw's serializer id, here only a number that nobody else is likely to take; (4207, 1) guards the making of tables.
    private const string Key = "4207, 2";

    private const string Holder = """
        SELECT a.application_name, a.usename, a.backend_start FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.classid = 4207 AND l.objid = 2 AND l.objsubid = 2 AND l.granted
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    // The server frees the lock of a daemon that has just ended a moment after its end, so a restart waits a little. And it notices within
    // half a minute that this machine is gone, not after the two hours that are usual.
    private const string Prepare = "SET lock_timeout = '2s'; SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; SET idle_session_timeout = 0";

    private NpgsqlConnection? _connection;
    private volatile bool _held;

    /// <summary>Called once for each loss, with what was seen, on whatever thread sees it.</summary>
    public Action<string>? Lost { get; set; }

    public bool IsHeld => _held;

    public string Place => settings.Place;

    /// <returns>Null when it is held now; else why not, for a person.</returns>
    public async Task<StartProblem?> TryTakeAsync(CancellationToken cancellation)
    {
        await CloseAsync().ConfigureAwait(false);
        var connection = new NpgsqlConnection(settings.Lease.Reveal());
        StartProblem? problem;
        try
        {
            await connection.OpenAsync(cancellation).ConfigureAwait(false);
            problem = await TakeAsync(connection, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            problem = new StartProblem(RefusalCode.JournalUnavailable, $"{Place} cannot be reached: {e.Message}", JournalComparison.TryAgain);
        }

        if (problem is not null)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            return problem;
        }

        _connection = connection;
        _held = true;
        connection.StateChange += Changed;
        return null;
    }

    /// <summary>Asks the server whether the connection lives; a loss is told to <see cref="Lost"/>.</summary>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        if (!_held || _connection is not { } connection)
        {
            return;
        }

        try
        {
            await ExecuteAsync(connection, "SELECT 1", cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
        {
            Lose($"{Place} does not answer: {e.Message}");
        }
    }

    public ValueTask DisposeAsync()
    {
        _held = false;
        return CloseAsync();
    }

    private async Task<StartProblem?> TakeAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var version = await ScalarAsync<int>(connection, "SELECT current_setting('server_version_num')::int", cancellation).ConfigureAwait(false);
        if (version < OldestServer)
        {
            return new StartProblem(RefusalCode.JournalUnreadable, $"{Place} is version {connection.PostgreSqlVersion}; 15 is the oldest that serves.", "psql -c 'SELECT version()'");
        }

        if (await ScalarAsync<bool>(connection, "SELECT pg_is_in_recovery()", cancellation).ConfigureAwait(false))
        {
            return new StartProblem(RefusalCode.JournalUnreadable, $"{Place} is a standby: it takes no writes.", "psql -c 'SELECT pg_is_in_recovery()'");
        }

        await ExecuteAsync(connection, Prepare, cancellation).ConfigureAwait(false);
        try
        {
            await ExecuteAsync(connection, $"SELECT pg_advisory_lock({Key})", cancellation).ConfigureAwait(false);
            return null;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            var who = await HolderAsync(connection, cancellation).ConfigureAwait(false);
            return new StartProblem(RefusalCode.LockHeld, $"Another daemon holds the journal in {Place}: {who}. Stop it there first; one database serves one daemon at a time.", "netclaw daemon stop");
        }
    }

    private static async Task<string> HolderAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Holder, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        if (!await rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            return "the server does not say which";
        }

        var name = rows.IsDBNull(0) || rows.GetString(0).Length == 0 ? "a program without a name" : rows.GetString(0);
        var user = rows.IsDBNull(1) ? "a user it does not name" : $"user {rows.GetString(1)}";
        return rows.IsDBNull(2)
            ? $"{name}, {user}"
            : string.Create(CultureInfo.InvariantCulture, $"{name}, {user}, connected since {rows.GetDateTime(2):yyyy-MM-dd HH:mm:ss}Z");
    }

    private void Changed(object sender, StateChangeEventArgs change)
    {
        if (change.CurrentState is ConnectionState.Closed or ConnectionState.Broken && ReferenceEquals(sender, _connection))
        {
            Lose($"the connection to {Place} was lost");
        }
    }

    private void Lose(string seen)
    {
        if (_held)
        {
            _held = false;
            Lost?.Invoke(seen);
        }
    }

    private async ValueTask CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            connection.StateChange -= Changed;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "The text is ours.")]
    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
    }

    [SuppressMessage("Security", "CA2100", Justification = "The text is ours.")]
    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
