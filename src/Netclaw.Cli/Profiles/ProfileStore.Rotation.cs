using System.Text.Json;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Profiles;

/// <summary>
/// Two keys for a while: the next one is on disk and named in the profile before the gateway hears of it, and takes the former's place in one
/// write once it is known to be good. After a crash at any point the profile names a key that works.
/// </summary>
public sealed partial class ProfileStore
{
    /// <summary>The key that a rotation of <paramref name="profile"/> ends in: the one under way, or a fresh one, durably noted.</summary>
    /// <returns>The profile as it is noted now.</returns>
    /// <exception cref="CommandFailure">profile_unreadable, home_not_writable.</exception>
    public async Task<(Profile Profile, SigningKey Next)> BeginRotationAsync(Profile profile, CancellationToken cancellation)
    {
        PrepareDirectories();
        using var _ = await LockAsync(cancellation);
        var standing = Standing(profile);
        if (standing.NextKeyFile is not null)
        {
            return (standing, NextKeyOf(standing));
        }

        var file = Path.Combine("keys", $"{profile.GatewayId}.{Nonce.New()[..8]}.key");
        var next = Writing(() => KeyFile.Create(Path.Combine(home.ClientDirectory, file)));
        var noted = standing with { NextKeyFile = file };
        Save(Load(), noted);
        return (noted, next);
    }

    /// <summary>The next key is the one in force: the profile names it from now on, and the former key's file is set aside.</summary>
    /// <exception cref="CommandFailure">profile_unreadable, home_not_writable.</exception>
    public async Task<Profile> FinishRotationAsync(Profile profile, DeviceId device, DateTimeOffset now, CancellationToken cancellation)
    {
        using var _ = await LockAsync(cancellation);
        var standing = Standing(profile);
        if (standing.NextKeyFile is null)
        {
            return standing;
        }

        var finished = standing with { DeviceId = device, KeyFile = standing.NextKeyFile, NextKeyFile = null };
        Save(Load(), finished);
        var former = Path.Combine(home.ClientDirectory, standing.KeyFile);
        if (File.Exists(former))
        {
            Writing(() => PrivateFile.SetAside(former, $"{former}.{now.ToUnixTimeMilliseconds()}.aside"));
        }

        return finished;
    }

    /// <exception cref="CommandFailure">profile_unreadable: it is missing or open to others.</exception>
    public SigningKey NextKeyOf(Profile profile)
    {
        var path = Path.Combine(home.ClientDirectory, profile.NextKeyFile ?? throw new InvalidOperationException("no rotation is under way"));
        return KeyFile.Load(path) switch
        {
            KeyFileResult.Loaded loaded => loaded.Key,
            KeyFileResult.Problem problem => throw Unreadable($"Profile '{profile.Name}': {problem.Seen}.", $"ls -la '{path}'"),
            _ => throw Unreadable($"The key file {path} of a rotation of profile '{profile.Name}' is missing.", $"netclaw pair {profile.Url}"),
        };
    }

    private Task<ProfileLock> LockAsync(CancellationToken cancellation) =>
        ProfileLock.TakeAsync(Path.Combine(home.ClientDirectory, "profiles.lock"), cancellation);

    /// <summary>Another command may have finished it meanwhile.</summary>
    private Profile Standing(Profile profile) => Load().ByGateway(profile.GatewayId)
        ?? throw new CommandFailure(RefusalCode.NotPaired, $"The profile '{profile.Name}' has just been removed.", $"netclaw pair {profile.Url}");

    private void Save(ProfileBook book, Profile changed)
    {
        var saved = book with { Profiles = book.Profiles.Replace(book.ByGateway(changed.GatewayId)!, changed) };
        Writing(() => PrivateFile.WriteAtomically(home.Profiles, [.. JsonSerializer.SerializeToUtf8Bytes(saved, ProfileJson.Default.ProfileBook), .. "\n"u8]));
    }
}
