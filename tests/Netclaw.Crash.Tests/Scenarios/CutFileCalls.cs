using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.Scenarios;

/// <summary>From one change of a file on nothing is changed any more, as if the process were gone: what it does to clean up after itself included.</summary>
/// <param name="at">How many changes are made.</param>
internal sealed class CutFileCalls(int at) : FileCalls
{
    private int _made;

    public bool WasCut => _made > at;

    public override FileStream CreateNew(string path) => Next(() => base.CreateNew(path));

    public override FileStream OpenOrCreate(string path) => File.Exists(path) ? base.OpenOrCreate(path) : Next(() => base.OpenOrCreate(path));

    public override void Write(FileStream file, ReadOnlySpan<byte> bytes)
    {
        Next(() => true);
        base.Write(file, bytes);
    }

    public override void Truncate(FileStream file, long length) => Next(() => base.Truncate(file, length));

    public override void Flush(FileStream file) => Next(() => base.Flush(file));

    public override void Rename(string from, string to) => Next(() => base.Rename(from, to));

    public override void Link(string from, string to) => Next(() => base.Link(from, to));

    public override void Delete(string path) => Next(() => base.Delete(path));

    public override void MakeDirectory(string path) => Next(() => base.MakeDirectory(path));

    public override void RemoveDirectory(string path) => Next(() => base.RemoveDirectory(path));

    public override void FlushDirectory(string directory) => Next(() => base.FlushDirectory(directory));

    private void Next(Action make) => Next(() =>
    {
        make();
        return true;
    });

    private T Next<T>(Func<T> make) => _made++ < at ? make() : throw new IOException("the process is gone");
}
