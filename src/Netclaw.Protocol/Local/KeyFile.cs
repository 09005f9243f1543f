using System.Security.Cryptography;
using System.Text;

namespace Netclaw.Protocol;

/// <summary>A signing key at rest: PKCS#8 PEM in a <see cref="PrivateFile"/>. Daemon and command line share this one way in and out.</summary>
public static class KeyFile
{
    public static KeyFileResult Load(string path)
    {
        switch (PrivateFile.Read(path))
        {
            case PrivateFileResult.Missing:
                return new KeyFileResult.Missing();
            case PrivateFileResult.Problem problem:
                return new KeyFileResult.Problem(problem.Seen);
            case PrivateFileResult.Loaded loaded:
                try
                {
                    return new KeyFileResult.Loaded(SigningKey.FromPem(Encoding.UTF8.GetString(loaded.Bytes)));
                }
                catch (CryptographicException)
                {
                    return new KeyFileResult.Problem($"{path} does not hold a P-256 private key in PKCS#8 PEM form");
                }
                finally
                {
                    CryptographicOperations.ZeroMemory(loaded.Bytes);
                }

            default:
                throw new InvalidOperationException("a private file is loaded, missing or a problem");
        }
    }

    /// <summary>Makes a fresh key and its file, durably.</summary>
    /// <exception cref="IOException">A file is already there (it stays as it is), or none could be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory does not let this user write.</exception>
    public static SigningKey Create(string path)
    {
        var key = SigningKey.Generate();
        try
        {
            PrivateFile.CreateAtomically(path, Encoding.UTF8.GetBytes(key.ExportPem()));
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}

/// <summary>What loading a key came to. Closed.</summary>
public abstract record KeyFileResult
{
    private KeyFileResult()
    {
    }

    /// <param name="Key">Owned by the caller.</param>
    public sealed record Loaded(SigningKey Key) : KeyFileResult;

    /// <summary>There is nothing at the path; a key that is there and unusable is a <see cref="Problem"/>.</summary>
    public sealed record Missing : KeyFileResult;

    /// <param name="Seen">Path and what is wrong with it, for a person.</param>
    public sealed record Problem(string Seen) : KeyFileResult;
}
