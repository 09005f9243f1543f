using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Netclaw.Protocol;

/// <summary>
/// Every call by which the product changes a small file that must survive, or reads one that it depends on: one method per system call, so that a test can fail each of
/// them and record their order. This class is the system itself; a test derives from it and puts its layer in place with <see cref="Use"/>.
/// Most callers want <see cref="PrivateFile"/>, which puts these calls in the right order.
/// </summary>
/// <remarks>Every method throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when the kernel refuses, and has then changed nothing that it names.</remarks>
public partial class FileCalls
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyDirectory = OwnerOnly | UnixFileMode.UserExecute;
    private const int FileExists = 17;

    private static readonly FileCalls Kernel = new();
    private static readonly AsyncLocal<FileCalls?> InUse = new();

    protected FileCalls()
    {
    }

    public static FileCalls Current => InUse.Value ?? Kernel;

    /// <summary>Everything that follows from here, until the result is disposed of, goes through <paramref name="layer"/>. For tests.</summary>
    public static IDisposable Use(FileCalls layer)
    {
        var before = InUse.Value;
        InUse.Value = layer;
        return new Restoring(before);
    }

    /// <summary>Makes a file with mode 0600; one that is there is an error. Its name survives a power cut after <see cref="FlushDirectory"/>.</summary>
    public virtual FileStream CreateNew(string path) => Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);

    /// <summary>Opens a file for reading and writing, at its start; makes it, with mode 0600, where there is none.</summary>
    public virtual FileStream OpenOrCreate(string path) => Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>
    /// Opens a file whose every write goes to its end, wherever that is by then (<c>O_APPEND</c>: a file that others shorten is not filled up with zeros);
    /// makes it, with mode 0600, where there is none.
    /// </summary>
    public virtual FileStream OpenAppend(string path)
    {
        const int SetFlags = 4;
        const int Append = 0x400;
        var file = Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (Control(file.SafeFileHandle, SetFlags, Append) == 0)
        {
            if (file.CanSeek)
            {
                file.Seek(0, SeekOrigin.End);
            }

            return file;
        }

        var error = Marshal.GetLastPInvokeError();
        file.Dispose();
        throw new IOException($"{path} cannot be appended to: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    /// <summary>For reading from the start, whoever else has it open.</summary>
    /// <param name="bufferBytes">0: each <see cref="Read"/> is a call of its own.</param>
    public virtual FileStream OpenToRead(string path, int bufferBytes = 0) =>
        new(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = bufferBytes });

    /// <returns>How many bytes were there, at most so many as fit; 0 at the end.</returns>
    public virtual int Read(FileStream file, Span<byte> bytes) => file.Read(bytes);

    /// <summary>Makes a directory with mode 0700, in one that is there. Its name survives a power cut after <see cref="FlushDirectory"/> of that one.</summary>
    public virtual void MakeDirectory(string path) => Directory.CreateDirectory(path, OwnerOnlyDirectory);

    /// <summary>One with something in it is an error.</summary>
    public virtual void RemoveDirectory(string path) => Directory.Delete(path);

    /// <summary>Writes at the file's position. What was written survives a power cut after <see cref="Flush"/>.</summary>
    public virtual void Write(FileStream file, ReadOnlySpan<byte> bytes) => file.Write(bytes);

    public virtual void Truncate(FileStream file, long length) => file.SetLength(length);

    /// <summary>The file's content, not its name.</summary>
    public virtual void Flush(FileStream file) => file.Flush(flushToDisk: true);

    /// <summary>Moves a file within one file system, over what has the name, in one step.</summary>
    public virtual void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    /// <summary>Gives a file a second name; something that has the name already is an error and stays. Where the file system knows no second names, the first one goes.</summary>
    public virtual void Link(string from, string to)
    {
        if (HardLink(from, to) == 0)
        {
            return;
        }

        var error = Marshal.GetLastPInvokeError();
        if (error == FileExists)
        {
            throw new IOException($"The file '{to}' already exists.");
        }

        File.Move(from, to, overwrite: false);
    }

    /// <summary>What is not there is no error.</summary>
    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>Makes every creation, rename and removal in <paramref name="directory"/> survive a power cut.</summary>
    public virtual void FlushDirectory(string directory)
    {
        const int ReadOnlyCloseOnExec = 0x80000;
        using var handle = Open(directory, ReadOnlyCloseOnExec);
        if (handle.IsInvalid || FSync(handle) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new IOException($"{directory} cannot be flushed: {Marshal.GetPInvokeErrorMessage(error)}", error);
        }
    }

    // Unbuffered, so that a write is a call, and closing is none.
    private static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share) =>
        new(path, new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0, UnixCreateMode = OwnerOnly });

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int HardLink(string from, string to);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle handle, int command, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle handle);

    private sealed class Restoring(FileCalls? before) : IDisposable
    {
        public void Dispose() => InUse.Value = before;
    }
}
