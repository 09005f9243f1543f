using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Doctoring;

/// <summary>Where a journal is not what was written, the doctor says at which record of whom: whichever record it is, and the first where it is more than one.</summary>
public sealed class DamagedRecordTests
{
    private const string Registry = "device-registry";

    [Fact]
    public async Task FirstBadRecord_IsNamed_WithItsPersistenceIdAndSequence()
    {
        await using var machine = await AtRestAsync();
        var records = Records(machine);
        Assert.True(records.Count > 2, "too few records to tell one from the other");
        foreach (var sequence in records.Keys)
        {
            Write(machine, sequence, Flipped(records[sequence]));
            await NamesAsync(machine, "journal_unreadable", sequence);
            Write(machine, sequence, records[sequence]);
        }

        var (first, last) = (records.Keys.Min() + 1, records.Keys.Max());
        Write(machine, last, Flipped(records[last]));
        Write(machine, first, Flipped(records[first]));
        await NamesAsync(machine, "journal_unreadable", first);

        var people = (await machine.RunAsync("doctor", "--only", "journal")).Expect(ExitCodes.Failed);
        Assert.Contains(Named(first), people.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FirstLostRecord_IsNamed_WhereTheJournalWentBack()
    {
        await using var machine = await AtRestAsync();
        var last = Records(machine).Keys.Max();
        for (var lost = last; lost > last - 2; lost--)
        {
            Run(machine, "DELETE FROM journal WHERE persistence_id = $id AND sequence_number = $sequence", lost);
            await NamesAsync(machine, "journal_rolled_back", lost);
        }
    }

    /// <summary>Served once, and with some records more than a first start makes.</summary>
    private static async Task<Machine> AtRestAsync()
    {
        var machine = new Machine();
        await machine.UpAsync();
        await machine.CodeAsync();
        await machine.JsonAsync("down");
        return machine;
    }

    private static async Task NamesAsync(Machine machine, string id, long sequence)
    {
        var check = (await machine.RunAsync("doctor", "--only", "journal", "--json")).Expect(ExitCodes.Failed).Json().GetProperty("checks")[0];
        Assert.StartsWith($"The first bad place: {Named(sequence)}", check.GetProperty("seen").GetString(), StringComparison.Ordinal);
        var finding = check.GetProperty("findings").EnumerateArray().First(each => each.GetProperty("id").GetString() == id);
        Assert.StartsWith(Named(sequence), finding.GetProperty("seen").GetString(), StringComparison.Ordinal);
    }

    private static string Named(long sequence) => string.Create(CultureInfo.InvariantCulture, $"{Registry}, record {sequence}: ");

    private static byte[] Flipped(byte[] record)
    {
        byte[] flipped = [.. record];
        flipped[^1] ^= 1;
        return flipped;
    }

    private static SortedDictionary<long, byte[]> Records(Machine machine)
    {
        using var connection = Open(machine);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT sequence_number, message FROM journal WHERE persistence_id = $id";
        command.Parameters.AddWithValue("$id", Registry);
        using var reader = command.ExecuteReader();
        var records = new SortedDictionary<long, byte[]>();
        while (reader.Read())
        {
            records.Add(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
        }

        return records;
    }

    private static void Write(Machine machine, long sequence, byte[] record) =>
        Run(machine, "UPDATE journal SET message = $record WHERE persistence_id = $id AND sequence_number = $sequence", sequence, record);

    private static void Run(Machine machine, string statement, long sequence, byte[]? record = null)
    {
        using var connection = Open(machine);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written here, for a home of the test's own.
        command.CommandText = statement;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$id", Registry);
        command.Parameters.AddWithValue("$sequence", sequence);
        if (record is not null)
        {
            command.Parameters.AddWithValue("$record", record);
        }

        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private static SqliteConnection Open(Machine machine)
    {
        var connection = new SqliteConnection($"Data Source={machine.Home.JournalDatabase};Pooling=False");
        connection.Open();
        return connection;
    }
}
