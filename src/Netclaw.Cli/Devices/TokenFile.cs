using System.Text;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Devices;

/// <summary>A new file for a token, its owner's alone. It is made before the token is, so that none is lost for want of a place.</summary>
internal sealed class TokenFile : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _stream;
    private bool _written;

    private TokenFile(FileStream stream) => _stream = stream;

    /// <exception cref="CommandFailure">It is there already, or cannot be made.</exception>
    public static TokenFile Reserve(string path)
    {
        try
        {
            return new TokenFile(new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(RefusalCode.UsageError, $"The token cannot be written to {path}: {e.Message} Nothing was rotated.", $"ls -la '{path}'");
        }
    }

    public void Write(Secret token)
    {
        _stream.Write(Encoding.UTF8.GetBytes(token.Reveal() + "\n"));
        _stream.Flush(flushToDisk: true);
        _written = true;
    }

    /// <summary>An empty one is taken away again.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        if (!_written)
        {
            File.Delete(_stream.Name);
        }
    }
}
