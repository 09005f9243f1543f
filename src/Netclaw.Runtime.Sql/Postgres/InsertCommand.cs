using System.Diagnostics.CodeAnalysis;
using Netclaw.Runtime.Sql.Store;
using Npgsql;
using NpgsqlTypes;

namespace Netclaw.Runtime.Sql.Postgres;

/// <summary>Stores any number of writes with one statement: its columns travel as arrays, so the plan is prepared once.</summary>
internal static class InsertCommand
{
    [SuppressMessage("Security", "CA2100", Justification = "The text is ours; values are parameters and the schema is quoted.")]
    public static NpgsqlCommand Create(NpgsqlConnection connection, string prefix, IReadOnlyList<EventWrite> writes)
    {
        var columns = new Columns(writes);
        var command = new NpgsqlCommand(columns.Tags.Count == 0 ? Events(prefix) : EventsAndTags(prefix), connection);
        Add(command, NpgsqlDbType.Bigint, columns.Created);
        Add(command, NpgsqlDbType.Text, columns.PersistenceIds);
        Add(command, NpgsqlDbType.Bigint, columns.SequenceNrs);
        Add(command, NpgsqlDbType.Bytea, columns.Payloads);
        Add(command, NpgsqlDbType.Text, columns.Manifests);
        Add(command, NpgsqlDbType.Integer, columns.Serializers);
        Add(command, NpgsqlDbType.Text, columns.Writers);
        if (columns.Tags.Count > 0)
        {
            Add(command, NpgsqlDbType.Text, columns.Tags.ConvertAll(tag => tag.PersistenceId).ToArray());
            Add(command, NpgsqlDbType.Bigint, columns.Tags.ConvertAll(tag => tag.SequenceNr).ToArray());
            Add(command, NpgsqlDbType.Text, columns.Tags.ConvertAll(tag => tag.Tag).ToArray());
        }

        return command;
    }

    private static string Events(string prefix) => $"""
        INSERT INTO {prefix}journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier, writer_uuid)
        SELECT created, false, persistence_id, sequence_number, message, manifest, identifier, writer_uuid
        FROM unnest($1, $2, $3, $4, $5, $6, $7) WITH ORDINALITY
            AS e (created, persistence_id, sequence_number, message, manifest, identifier, writer_uuid, place)
        ORDER BY place
        """;

    private static string EventsAndTags(string prefix) => $"""
        WITH stored AS ({Events(prefix)} RETURNING ordering, persistence_id, sequence_number)
        INSERT INTO {prefix}tags (ordering_id, tag, sequence_nr, persistence_id)
        SELECT stored.ordering, t.tag, t.sequence_nr, t.persistence_id
        FROM stored JOIN unnest($8, $9, $10) AS t (persistence_id, sequence_nr, tag)
            ON t.persistence_id = stored.persistence_id AND t.sequence_nr = stored.sequence_number
        """;

    private static void Add<T>(NpgsqlCommand command, NpgsqlDbType element, T[] values) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element });

    private sealed class Columns
    {
        public Columns(IReadOnlyList<EventWrite> writes)
        {
            var count = writes.Sum(write => write.Events.Length);
            (Created, SequenceNrs, Serializers, Payloads) = (new long[count], new long[count], new int[count], new byte[count][]);
            (PersistenceIds, Manifests, Writers) = (new string[count], new string[count], new string[count]);
            var row = 0;
            foreach (var write in writes)
            {
                var sequenceNr = write.FirstSequenceNr;
                foreach (ref readonly var e in write.Events.Span)
                {
                    (Created[row], PersistenceIds[row], SequenceNrs[row]) = (write.Created, write.PersistenceId, sequenceNr);
                    (Payloads[row], Manifests[row], Serializers[row], Writers[row]) = (e.Payload, e.Manifest, e.SerializerId, write.WriterUuid);
                    foreach (var tag in e.Tags ?? [])
                    {
                        Tags.Add((write.PersistenceId, sequenceNr, tag));
                    }

                    row++;
                    sequenceNr++;
                }
            }
        }

        public long[] Created { get; }
        public string[] PersistenceIds { get; }
        public long[] SequenceNrs { get; }
        public byte[][] Payloads { get; }
        public string[] Manifests { get; }
        public int[] Serializers { get; }
        public string[] Writers { get; }
        public List<(string PersistenceId, long SequenceNr, string Tag)> Tags { get; } = [];
    }
}
