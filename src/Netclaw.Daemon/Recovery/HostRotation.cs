using System.Collections.Immutable;
using System.Text;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Recovery;

/// <summary>
/// Gives this host another key, in a journal and a file that cannot be changed as one (recovery.md):
/// <list type="number">
/// <item>the new key goes to a file of its own, flushed;</item>
/// <item>the journal notes that it was prepared;</item>
/// <item>it takes the name of the host key, and the directory is flushed; what had the name keeps a dated one;</item>
/// <item>the journal notes that it is in force, and the former device is a tombstone.</item>
/// </list>
/// Whatever a crash leaves of that, <see cref="FinishAsync"/> completes, or undoes where the new key is gone. Until 4 the former key is good. One at a time.
/// </summary>
/// <param name="ask">The registry's writer; null when the journal failed before it could answer.</param>
/// <param name="view">What the registry knew after its last durable write.</param>
internal sealed class HostRotation(NetclawHome home, Func<RegistryCommand, Task<RegistryReply?>> ask, Func<RegistrySnapshot> view, TimeProvider time)
{
    public const string HostName = "this host";

    /// <summary>Whole milliseconds, as time is stored.</summary>
    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <exception cref="IOException">A file could not be written; what was in force stays in force.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public async Task<RotationOutcome> RotateAsync()
    {
        if (await FinishAsync().ConfigureAwait(false) is { } finished)
        {
            return finished;
        }

        var key = SigningKey.Generate();
        PrivateFile.WriteAtomically(home.NextHostKey, Encoding.UTF8.GetBytes(key.ExportPem())); // 1
        if (Sabotage.Is(Break.PlaceTheHostKeyBeforePreparing))
        {
            FileCalls.Current.Rename(home.NextHostKey, home.HostKey);
            PrivateFile.WriteAtomically(home.NextHostKey, Encoding.UTF8.GetBytes(key.ExportPem()));
        }

        if (await RefusedAsync(new RegistryCommand.PrepareHostRotation(1, Now, key.Public)).ConfigureAwait(false) is { } refused) // 2
        {
            key.Dispose();
            return refused;
        }

        return await PutInPlaceAsync(key).ConfigureAwait(false);
    }

    /// <summary>Completes or undoes what was cut short.</summary>
    /// <returns>Null when nothing was prepared, or what was is undone.</returns>
    /// <exception cref="IOException">A file could not be written; what was in force stays in force.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public async Task<RotationOutcome?> FinishAsync()
    {
        if (view().PreparedHost is not { } prepared)
        {
            Forget(); // cut short between 1 and 2: nobody has ever heard of that key
            return null;
        }

        if (Holding(home.HostKey, prepared) is { } placed)
        {
            return await EnrolAsync(placed, []).ConfigureAwait(false);
        }

        if (Holding(home.NextHostKey, prepared) is { } waiting)
        {
            return await PutInPlaceAsync(waiting).ConfigureAwait(false);
        }

        var refused = await RefusedAsync(new RegistryCommand.AbandonHostRotation(3, Now)).ConfigureAwait(false);
        Forget();
        return refused;
    }

    private async Task<RotationOutcome> PutInPlaceAsync(SigningKey key)
    {
        var aside = SetAside();
        FileCalls.Current.Rename(home.NextHostKey, home.HostKey); // 3
        PrivateFile.FlushDirectory(home.KeysDirectory);
        return await EnrolAsync(key, aside).ConfigureAwait(false);
    }

    /// <summary>A second name, so that there is no moment without a host key.</summary>
    private ImmutableArray<string> SetAside()
    {
        if (FileFacts.OfPath(home.HostKey) is null)
        {
            return [];
        }

        var aside = DatedName.Of(home.HostKey, time.GetUtcNow());
        FileCalls.Current.Link(home.HostKey, aside);
        PrivateFile.FlushDirectory(home.KeysDirectory); // or a power cut could keep the next key's name and lose this one
        return [aside];
    }

    private async Task<RotationOutcome> EnrolAsync(SigningKey key, ImmutableArray<string> aside)
    {
        var reply = await ask(new RegistryCommand.RotateHost(2, Now, key.Public, HostName)).ConfigureAwait(false); // 4
        if (reply is RegistryReply.HostRotated rotated)
        {
            return new RotationOutcome.Rotated(key, rotated.Former, rotated.ConnectionsClosed, aside);
        }

        key.Dispose();
        return Refusal(reply)!;
    }

    private async Task<RotationOutcome.Refused?> RefusedAsync(RegistryCommand command) => Refusal(await ask(command).ConfigureAwait(false));

    private static RotationOutcome.Refused? Refusal(RegistryReply? reply) => reply switch
    {
        null => new RotationOutcome.Refused(RefusalCode.JournalUnavailable, "the journal failed"),
        RegistryReply.Refused refused => new RotationOutcome.Refused(refused.Code, refused.Seen),
        _ => null,
    };

    private static SigningKey? Holding(string path, DeviceId id)
    {
        if (KeyFile.Load(path) is not KeyFileResult.Loaded loaded)
        {
            return null;
        }

        if (loaded.Key.Public.DeviceId == id)
        {
            return loaded.Key;
        }

        loaded.Key.Dispose();
        return null;
    }

    private void Forget()
    {
        if (FileFacts.OfPath(home.NextHostKey) is not null)
        {
            FileCalls.Current.Delete(home.NextHostKey);
            PrivateFile.FlushDirectory(home.KeysDirectory);
        }
    }
}
