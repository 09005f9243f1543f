using System.Globalization;
using System.Text;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence.Snapshot;

/// <summary>
/// One file per snapshot in the directory <c>dir</c>, written beside and renamed into place. For experiments: snapshots can be rebuilt
/// from the journal, so nothing is flushed.
/// </summary>
internal sealed class LocalSnapshotStore(ExtendedActorSystem system, Config config) : SnapshotPlugin
{
    private readonly string _directory = Path.GetFullPath(config.GetString("dir", "snapshots")!);

    public override async Task Save(SnapshotMetadata metadata, object snapshot)
    {
        var serializer = system.Serialization.FindSerializerFor(snapshot);
        var bytes = serializer.ToBinary(snapshot);
        var manifest = Akka.Serialization.Serialization.ManifestFor(serializer, snapshot);
        Directory.CreateDirectory(_directory);
        var path = PathOf(metadata);
        var unfinished = path + ".tmp";
        await using (var file = File.Create(unfinished))
        {
            await using var writer = new BinaryWriter(file, Encoding.UTF8);
            writer.Write(serializer.Identifier);
            writer.Write(manifest);
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    public override Task<SelectedSnapshot?> Load(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancel)
    {
        var newest = Stored(persistenceId).Where(criteria.Selects).MaxBy(metadata => metadata.SequenceNr);
        return Task.FromResult(newest is null ? null : new SelectedSnapshot(newest, Read(newest)));
    }

    public override Task Delete(SnapshotMetadata metadata)
    {
        foreach (var each in Stored(metadata.PersistenceId).Where(each => each.SequenceNr == metadata.SequenceNr))
        {
            File.Delete(PathOf(each));
        }

        return Task.CompletedTask;
    }

    public override Task Delete(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        foreach (var each in Stored(persistenceId).Where(criteria.Selects))
        {
            File.Delete(PathOf(each));
        }

        return Task.CompletedTask;
    }

    private static string Prefix(string persistenceId) => $"snapshot-{Uri.EscapeDataString(persistenceId)}-";

    private string PathOf(SnapshotMetadata metadata) => Path.Combine(
        _directory, Prefix(metadata.PersistenceId) + string.Create(CultureInfo.InvariantCulture, $"{metadata.SequenceNr}-{metadata.Timestamp.Ticks}"));

    private object Read(SnapshotMetadata metadata)
    {
        using var reader = new BinaryReader(File.OpenRead(PathOf(metadata)), Encoding.UTF8);
        var serializer = reader.ReadInt32();
        var manifest = reader.ReadString();
        return system.Serialization.Deserialize(reader.ReadBytes(reader.ReadInt32()), serializer, manifest);
    }

    private List<SnapshotMetadata> Stored(string persistenceId)
    {
        var found = new List<SnapshotMetadata>();
        if (!Directory.Exists(_directory))
        {
            return found;
        }

        var prefix = Prefix(persistenceId);
        foreach (var path in Directory.EnumerateFiles(_directory))
        {
            var parts = Path.GetFileName(path) is { } name && name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..].Split('-') : [];
            if (parts.Length == 2
                && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequenceNr)
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks))
            {
                found.Add(new SnapshotMetadata(persistenceId, sequenceNr, new DateTime(ticks, DateTimeKind.Utc)));
            }
        }

        return found;
    }
}
