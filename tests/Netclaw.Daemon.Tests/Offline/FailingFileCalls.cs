using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Offline;

/// <summary>A disk that one call of it fails on, or every call from one on.</summary>
/// <param name="at">The first call that fails, counted from 1.</param>
/// <param name="forGood">Every later one fails as well.</param>
internal sealed class FailingFileCalls(int at, bool forGood) : FileCalls
{
    private const int IOError = 5;
    private const int NoSpace = 28;

    private int _made;

    public bool HasFailed => _made >= at;

    public override FileStream CreateNew(string path) => Change(path, () => base.CreateNew(path));

    public override FileStream OpenOrCreate(string path) => Change(path, () => base.OpenOrCreate(path));

    public override FileStream OpenAppend(string path) => Change(path, () => base.OpenAppend(path));

    public override FileStream OpenToRead(string path, int bufferBytes = 0) => Look(path, () => base.OpenToRead(path, bufferBytes));

    public override int Read(FileStream file, Span<byte> bytes)
    {
        Look(file.Name, () => 0);
        return base.Read(file, bytes);
    }

    public override void MakeDirectory(string path) => Change(path, () => Then(() => base.MakeDirectory(path)));

    public override void RemoveDirectory(string path) => Change(path, () => Then(() => base.RemoveDirectory(path)));

    public override void Write(FileStream file, ReadOnlySpan<byte> bytes)
    {
        Change(file.Name, () => 0);
        base.Write(file, bytes);
    }

    public override void Truncate(FileStream file, long length) => Change(file.Name, () => Then(() => base.Truncate(file, length)));

    public override void Flush(FileStream file) => Change(file.Name, () => Then(() => base.Flush(file)));

    public override void Rename(string from, string to) => Change(to, () => Then(() => base.Rename(from, to)));

    public override void Link(string from, string to) => Change(to, () => Then(() => base.Link(from, to)));

    public override void Delete(string path) => Change(path, () => Then(() => base.Delete(path)));

    public override void FlushDirectory(string directory) => Change(directory, () => Then(() => base.FlushDirectory(directory)));

    private static int Then(Action call)
    {
        call();
        return 0;
    }

    private T Change<T>(string path, Func<T> call) => Next(call, () => new IOException($"No space left on device : '{path}'", NoSpace));

    private T Look<T>(string path, Func<T> call) => Next(call, () => new IOException($"Input/output error : '{path}'", IOError));

    private T Next<T>(Func<T> call, Func<IOException> failure) => ++_made == at || (forGood && _made > at) ? throw failure() : call();
}
