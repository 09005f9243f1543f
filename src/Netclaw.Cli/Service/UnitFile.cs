using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Service;

/// <summary>The unit file of a place: looked at, replaced, removed.</summary>
internal sealed class UnitFile(ServicePlace place)
{
    private const UnixFileMode ReadableByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Where a unit that was replaced by force is kept; systemd does not read files of that name.</summary>
    public string Former => place.File + ".before";

    /// <returns>Null: there is none.</returns>
    /// <exception cref="CommandFailure">home_not_writable: it cannot be read.</exception>
    public string? Read()
    {
        try
        {
            return File.ReadAllText(place.File);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(RefusalCode.HomeNotWritable, $"{place.File} cannot be read: {e.Message}", $"ls -l '{place.File}'");
        }
    }

    /// <summary>Refuses what is not ours to change: a unit of somebody else, one that was edited, one of another home.</summary>
    /// <param name="verb">install or uninstall.</param>
    /// <exception cref="CommandFailure">unit_not_ours.</exception>
    public void RefuseForeign(string text, NetclawHome home, string verb)
    {
        var seen = UnitText.OwnerOf(text) switch
        {
            UnitOwner.Ours ours when ours.Home == home.Root => null,
            UnitOwner.Ours ours => $"{place.File} runs the gateway on another home, {ours.Home}",
            UnitOwner.Edited => $"{place.File} was edited by hand since it was written",
            _ => $"{place.File} was not written by netclaw daemon install",
        };
        if (seen is not null)
        {
            throw new CommandFailure(
                RefusalCode.UnitNotOurs, $"{seen}; it stays as it is. With --force it is {(verb == "install" ? "replaced" : "removed")}, and kept as {Path.GetFileName(Former)}.",
                verb == "install" ? $"netclaw daemon install --print{(place.IsSystem ? " --system" : "")}" : $"cat '{place.File}'");
        }
    }

    /// <summary>Whole or not at all.</summary>
    /// <exception cref="CommandFailure">It cannot be written here.</exception>
    public void Write(string text, bool keepFormer)
    {
        var temporary = place.File + ".new";
        Change(() =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place.File)!);
            File.WriteAllText(temporary, text);
            File.SetUnixFileMode(temporary, ReadableByAll);
            if (keepFormer)
            {
                File.Copy(place.File, Former, overwrite: true);
            }

            File.Move(temporary, place.File, overwrite: true);
        });
    }

    /// <exception cref="CommandFailure">It cannot be removed.</exception>
    public void Remove(bool keepFormer) => Change(() =>
    {
        if (keepFormer)
        {
            File.Move(place.File, Former, overwrite: true);
        }
        else
        {
            File.Delete(place.File);
        }
    });

    private void Change(Action change)
    {
        try
        {
            change();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(
                RefusalCode.HomeNotWritable, $"{place.File} cannot be changed: {e.Message}",
                place.IsSystem && UserId.Current != UserId.Root ? "sudo netclaw daemon install --system" : $"ls -ld '{Path.GetDirectoryName(place.File)}'");
        }
    }
}
