using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Secrets;

/// <summary>
/// The shared secret in a file that may be replaced at any time. Every reading looks at the file first: what was replaced is gone with the next
/// connection. A file that is missing, open to others, half written or weak makes the secret unavailable, which is said once, until it can be read again.
/// </summary>
/// <param name="isToken">Tokens have to be worth 128 bits; passwords only to be there.</param>
public sealed class SecretFile(string path, bool isToken, TimeProvider time, ILogger log) : ISharedSecret
{
    private readonly Lock _gate = new();
    private readonly FileSight _sight = new(path, time);
    private SharedSecretReading _current = new(0, null);
    private SecretDigest? _last;
    private string? _said;

    public SharedSecretReading Read()
    {
        lock (_gate)
        {
            if (_sight.IsNew())
            {
                _current = ReadAnew();
            }

            return _current;
        }
    }

    private SharedSecretReading ReadAnew()
    {
        if (Open(path, isToken, out var wrong) is not { } secret)
        {
            Say(wrong);
            return _current with { Digest = null };
        }

        _said = null;
        var digest = SecretDigest.Of(secret);
        if (_last is { } last && last.IsSameAs(digest))
        {
            return _current with { Digest = last };
        }

        _last = digest;
        if (_current.Generation > 0)
        {
            SecretsLog.Replaced(log, path);
        }

        return new SharedSecretReading(_current.Generation + 1, digest);
    }

    /// <summary>Null, with what is wrong, when there is no usable secret in the file.</summary>
    public static Secret? Open(string path, bool isToken, out string wrong)
    {
        wrong = "";
        switch (PrivateFile.Read(path))
        {
            case PrivateFileResult.Loaded loaded:
                var secret = SecretText.Read(loaded.Bytes, out var form);
                CryptographicOperations.ZeroMemory(loaded.Bytes);
                var problem = secret is null ? form : isToken ? SecretText.Weakness(secret) : null;
                wrong = problem is null ? "" : $"what is in {path} {problem}";
                return problem is null ? secret : null;
            case PrivateFileResult.Problem unreadable:
                wrong = unreadable.Seen;
                return null;
            default:
                wrong = $"{path} is not there";
                return null;
        }
    }

    private void Say(string wrong)
    {
        if (_said != wrong)
        {
            _said = wrong;
            SecretsLog.Unavailable(log, wrong);
        }
    }
}
