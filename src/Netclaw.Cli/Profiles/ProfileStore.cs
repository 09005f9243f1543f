using System.Text.Json;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Profiles;

/// <summary>
/// <c>client/profiles.json</c> and the key files beside it. Read strictly: a file that is damaged or from a newer version is
/// refused with its line and never taken for an empty one. Written whole or not at all.
/// </summary>
public sealed partial class ProfileStore(NetclawHome home)
{
    /// <exception cref="CommandFailure">profile_unreadable.</exception>
    public ProfileBook Load() => PrivateFile.Read(home.Profiles) switch
    {
        PrivateFileResult.Missing => ProfileBook.Empty,
        PrivateFileResult.Loaded loaded => Parse(loaded.Bytes),
        PrivateFileResult.Problem problem => throw Unreadable(problem.Seen + ".", $"ls -la '{home.ClientDirectory}'"),
        _ => throw new InvalidOperationException("a private file is loaded, missing or a problem"),
    };

    /// <summary>Puts a pairing in, beside what other processes may be writing.</summary>
    /// <returns>The profile under the name that it got.</returns>
    /// <exception cref="CommandFailure">profile_unreadable, home_not_writable.</exception>
    public async Task<Profile> AddAsync(Profile paired, CancellationToken cancellation)
    {
        PrepareDirectories();
        using var _ = await ProfileLock.TakeAsync(Path.Combine(home.ClientDirectory, "profiles.lock"), cancellation);
        var book = Load().With(paired, out var stored);
        Writing(() => PrivateFile.WriteAtomically(home.Profiles, [.. JsonSerializer.SerializeToUtf8Bytes(book, ProfileJson.Default.ProfileBook), .. "\n"u8]));
        return stored;
    }

    /// <summary>The key that this home shows to one gateway; made, durably, before it is shown for the first time.</summary>
    /// <exception cref="CommandFailure">profile_unreadable, home_not_writable.</exception>
    public SigningKey KeyFor(GatewayId gateway)
    {
        PrepareDirectories();
        var path = Path.Combine(home.ClientDirectory, KeyFileFor(gateway));
        return KeyFile.Load(path) switch
        {
            KeyFileResult.Loaded loaded => loaded.Key,
            KeyFileResult.Problem problem => throw Unreadable(problem.Seen + ".", $"ls -la '{Path.GetDirectoryName(path)}'"),
            _ => Writing(() => KeyFile.Create(path)),
        };
    }

    /// <summary>Where the key for <paramref name="gateway"/> is, or will be.</summary>
    public string KeyFileFor(GatewayId gateway) => Load().ByGateway(gateway)?.KeyFile ?? KeyFileOf(gateway);

    public bool HasKey(GatewayId gateway) => File.Exists(Path.Combine(home.ClientDirectory, KeyFileOf(gateway)));

    /// <summary>Renames the key's file; nothing is destroyed.</summary>
    /// <exception cref="CommandFailure">home_not_writable.</exception>
    public void SetKeyAside(GatewayId gateway, DateTimeOffset now)
    {
        var path = Path.Combine(home.ClientDirectory, KeyFileOf(gateway));
        Writing(() => PrivateFile.SetAside(path, $"{path}.{now.ToUnixTimeMilliseconds()}.aside"));
    }

    /// <summary>The key of a standing profile.</summary>
    /// <exception cref="CommandFailure">profile_unreadable: it is missing, open to others, or another device's.</exception>
    public SigningKey KeyOf(Profile profile)
    {
        var path = Path.Combine(home.ClientDirectory, profile.KeyFile);
        var remedy = $"netclaw pair {profile.Url}";
        switch (KeyFile.Load(path))
        {
            case KeyFileResult.Loaded { Key: var key } when key.Public.DeviceId == profile.DeviceId:
                return key;
            case KeyFileResult.Loaded { Key: var stranger }:
                stranger.Dispose();
                throw Unreadable($"The key file {path} of profile '{profile.Name}' holds another key than the one that was paired.", remedy);
            case KeyFileResult.Problem problem:
                throw Unreadable($"Profile '{profile.Name}': {problem.Seen}.", $"ls -la '{path}'");
            default:
                throw Unreadable($"The key file {path} of profile '{profile.Name}' is missing.", remedy);
        }
    }

    public static string KeyFileOf(GatewayId gateway) => Path.Combine("keys", gateway + ".key");

    private ProfileBook Parse(byte[] bytes)
    {
        try
        {
            var book = JsonSerializer.Deserialize(bytes, ProfileJson.Default.ProfileBook)
                ?? throw new JsonException("the file holds null", null, 0, 0);
            return book.Version == ProfileBook.CurrentVersion
                ? book
                : throw Unreadable($"{home.Profiles} has version {book.Version}; this netclaw reads version {ProfileBook.CurrentVersion}.", "netclaw --version");
        }
        catch (JsonException e)
        {
            var line = e.LineNumber is { } number ? $", line {number + 1}" : "";
            throw Unreadable($"{home.Profiles}{line} is damaged: {Reason(e)}. It was left as it is.", $"mv '{home.Profiles}' '{home.Profiles}.damaged'");
        }
    }

    /// <summary>The message without the path and position that the serializer appends; the line is told in words.</summary>
    private static string Reason(JsonException e)
    {
        var at = e.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        var reason = (at < 0 ? e.Message : e.Message[..at]).Split(" LineNumber:")[0].Trim().TrimEnd('.');
        return e.Path is { Length: > 1 } path ? $"{reason} (at {path})" : reason;
    }

    private void PrepareDirectories() => Writing(() =>
    {
        foreach (var directory in (string[])[home.Root, home.ClientDirectory, Path.Combine(home.ClientDirectory, "keys")])
        {
            if (PrivateDirectory.Ensure(directory) is { } wrong)
            {
                throw new CommandFailure(RefusalCode.HomeForeign, wrong + ".", $"ls -lad '{directory}'");
            }
        }

        return 0;
    });

    private void Writing(Action write) => Writing(() =>
    {
        write();
        return 0;
    });

    private T Writing<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(RefusalCode.HomeNotWritable, $"The home {home.Root} cannot be written: {e.Message}", $"ls -ld '{home.Root}'");
        }
    }

    private static CommandFailure Unreadable(string message, string remedy) => new(RefusalCode.ProfileUnreadable, message, remedy);
}
