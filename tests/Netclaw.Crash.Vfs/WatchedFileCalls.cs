using Netclaw.Crash.Vfs.Faults;
using Netclaw.Crash.Vfs.Recording;
using Netclaw.Protocol;

namespace Netclaw.Crash.Vfs;

/// <summary>The product's small files, by the scopes they lie in.</summary>
public sealed class WatchedFileCalls : FileCalls
{
    public override FileStream CreateNew(string path)
    {
        FileStream? file = null;
        Call(IoKind.Open, path, new IoEvent.Created(path), () => file = base.CreateNew(path));
        return file!;
    }

    public override FileStream OpenOrCreate(string path)
    {
        FileStream? file = null;
        Call(IoKind.Open, path, File.Exists(path) ? null : new IoEvent.Created(path), () => file = base.OpenOrCreate(path));
        return file!;
    }

    public override FileStream OpenAppend(string path)
    {
        FileStream? file = null;
        Call(IoKind.Open, path, File.Exists(path) ? null : new IoEvent.Created(path), () => file = base.OpenAppend(path));
        return file!;
    }

    public override FileStream OpenToRead(string path, int bufferBytes = 0)
    {
        FileStream? file = null;
        Call(IoKind.Open, path, null, () => file = base.OpenToRead(path, bufferBytes));
        return file!;
    }

    public override int Read(FileStream file, Span<byte> bytes)
    {
        Call(IoKind.Read, file.Name, null, () => { });
        return base.Read(file, bytes);
    }

    public override void MakeDirectory(string path) => Call(IoKind.MakeDirectory, path, new IoEvent.DirectoryMade(path), () => base.MakeDirectory(path));

    public override void RemoveDirectory(string path) => Call(IoKind.RemoveDirectory, path, new IoEvent.DirectoryRemoved(path), () => base.RemoveDirectory(path));

    public override void Write(FileStream file, ReadOnlySpan<byte> bytes)
    {
        var (at, all) = (file.Position, bytes.ToArray());
        if (IoScope.Of(file.Name) is not { } scope)
        {
            base.Write(file, bytes);
            return;
        }

        scope.Call(IoKind.Write, file.Name, (fault, log) =>
        {
            var written = fault switch { null => all, FaultKind.ShortWrite => all[..(all.Length / 2)], _ => [] };
            base.Write(file, written);
            if (written.Length > 0)
            {
                log.Add(new IoEvent.Wrote(file.Name, at, written));
            }

            return fault is { } failed ? throw Failure(failed, file.Name) : true;
        });
    }

    public override void Truncate(FileStream file, long length) =>
        Call(IoKind.Truncate, file.Name, new IoEvent.Truncated(file.Name, length), () => base.Truncate(file, length));

    public override void Flush(FileStream file) => Call(IoKind.Flush, file.Name, new IoEvent.Flushed(file.Name), () => base.Flush(file));

    public override void Rename(string from, string to) => Call(IoKind.Rename, to, new IoEvent.Renamed(from, to), () => base.Rename(from, to));

    public override void Link(string from, string to) => Call(IoKind.Rename, to, new IoEvent.Linked(from, to), () => base.Link(from, to));

    public override void Delete(string path) => Call(IoKind.Delete, path, File.Exists(path) ? new IoEvent.Deleted(path) : null, () => base.Delete(path));

    public override void FlushDirectory(string directory) =>
        Call(IoKind.FlushDirectory, Path.Combine(directory, "."), new IoEvent.DirectoryFlushed(directory), () => base.FlushDirectory(directory));

    private static void Call(IoKind kind, string path, IoEvent? change, Action make)
    {
        if (IoScope.Of(path) is not { } scope)
        {
            make();
            return;
        }

        scope.Call(kind, path, (fault, log) =>
        {
            if (fault is { } failed)
            {
                throw Failure(failed, path);
            }

            make();
            if (change is not null)
            {
                log.Add(change);
            }

            return true;
        });
    }

    private static IOException Failure(FaultKind fault, string path) => new(fault is FaultKind.Full or FaultKind.ShortWrite
        ? $"No space left on device : '{path}'"
        : $"Input/output error : '{path}'");
}
