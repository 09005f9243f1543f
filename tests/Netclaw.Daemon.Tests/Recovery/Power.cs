using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Recovery;

/// <summary>Lasts for a number of calls; then nothing more happens on this machine, neither the call nor any tidying up after it.</summary>
internal sealed class Power(int lasts) : FileCalls
{
    private int _used;

    public bool IsOut => _used >= lasts;

    public void Use()
    {
        if (++_used >= lasts)
        {
            throw new IOException("the power is gone");
        }
    }

    public override FileStream CreateNew(string path)
    {
        Use();
        return base.CreateNew(path);
    }

    public override FileStream OpenOrCreate(string path)
    {
        Use();
        return base.OpenOrCreate(path);
    }

    public override FileStream OpenAppend(string path)
    {
        Use();
        return base.OpenAppend(path);
    }

    public override void Write(FileStream file, ReadOnlySpan<byte> bytes)
    {
        Use();
        base.Write(file, bytes);
    }

    public override void Truncate(FileStream file, long length)
    {
        Use();
        base.Truncate(file, length);
    }

    public override void Flush(FileStream file)
    {
        Use();
        base.Flush(file);
    }

    public override void Rename(string from, string to)
    {
        Use();
        base.Rename(from, to);
    }

    public override void Link(string from, string to)
    {
        Use();
        base.Link(from, to);
    }

    public override void Delete(string path)
    {
        Use();
        base.Delete(path);
    }

    public override void FlushDirectory(string directory)
    {
        Use();
        base.FlushDirectory(directory);
    }
}
