using Microsoft.Extensions.Logging;
using Netclaw.Daemon.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Assertions;

/// <summary>A key set in a file, read again when it changes. It holds no secret, but whoever can write it could sign for anybody.</summary>
internal sealed class KeySetFile(string path, TimeProvider time, ILogger log) : IKeySource
{
    private const ulong LargestBytes = 256 * 1024;

    private readonly Lock _gate = new();
    private string? _target;
    private FileSight? _sight;
    private KeySet? _keys;
    private string? _said;

    public ValueTask<KeySet?> ReadAsync(string? keyId)
    {
        lock (_gate)
        {
            // A link may lead elsewhere by now, as mounted configuration does.
            var target = TargetOf(path);
            if (_sight is null || target != _target)
            {
                (_target, _sight) = (target, new FileSight(target, time));
            }

            if (_sight.IsNew())
            {
                _keys = Open(path, out var wrong);
                Say(wrong);
            }

            return ValueTask.FromResult(_keys);
        }
    }

    /// <summary>Null, with what is wrong, when there is no usable key set in the file.</summary>
    public static KeySet? Open(string path, out string? wrong)
    {
        try
        {
            var target = TargetOf(path);
            wrong = FileFacts.OfPath(target) switch
            {
                null => $"{path} is not there",
                { Kind: not FileKind.File } => $"{path} is not a plain file",
                { IsWritableByOthers: true } facts => $"{path} can be written by others (mode {facts.ModeText})",
                { } facts when facts.Owner != UserId.Current && facts.Owner != UserId.Root => $"{path} belongs to user {facts.Owner}",
                { Size: > LargestBytes } => $"{path} is too large to be a key set",
                _ => null,
            };
            var keys = wrong is null ? KeySet.Read(File.ReadAllBytes(target)) : null;
            wrong ??= keys is null ? $"{path} holds no key set with a usable key" : null;
            return keys;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            wrong = $"{path} cannot be read: {e.Message}";
            return null;
        }
    }

    private static string TargetOf(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return path; // reading it says why
        }
    }

    private void Say(string? wrong)
    {
        if (wrong is not null && wrong != _said)
        {
            AssertionLog.Unavailable(log, wrong);
        }

        _said = wrong;
    }
}
