using System.Collections.Immutable;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;

namespace Netclaw.Cli.Service;

internal sealed record UninstallRequest(bool System, string? Directory, bool DryRun, bool Force);

/// <param name="State">removed, would remove, or none, when there was no unit.</param>
/// <param name="Stays">What is left: the home, and everything in it.</param>
internal sealed record UninstallReport(string Unit, string State, string Stays, ImmutableArray<string> Ran, ImmutableArray<string> Next);

/// <summary><c>netclaw daemon uninstall</c>: stops the unit, removes it, and nothing else.</summary>
internal sealed class UninstallService(CommandContext context)
{
    /// <exception cref="CommandFailure">The unit is not ours to remove, or cannot be.</exception>
    public async Task<Report> RunAsync(UninstallRequest request, CancellationToken cancellation)
    {
        context.RefuseElsewhere("daemon uninstall");
        var place = InstallService.Place(request.System, request.Directory, context.Host.Environment);
        var file = new UnitFile(place);
        if (file.Read() is not { } present)
        {
            return Show(new UninstallReport(place.File, "none", context.Home.Root, [], []));
        }

        var owner = UnitText.OwnerOf(present);
        if (!request.Force)
        {
            file.RefuseForeign(present, context.Home, "uninstall");
        }

        var (before, after) = (place.Control("disable", "--now", ServicePlace.Name), place.Control("daemon-reload"));
        var home = owner switch
        {
            UnitOwner.Ours ours => ours.Home,
            UnitOwner.Edited edited => edited.Home,
            _ => context.Home.Root,
        };
        if (request.DryRun)
        {
            return Show(new UninstallReport(place.File, "would remove", home, [], [string.Join(' ', before), string.Join(' ', after)]));
        }

        // Stopped while its manager still knows the unit. Without a manager there is nothing of it that runs, and the file goes all the same.
        var ran = new List<string>();
        var next = new List<string>();
        await TryAsync(before, ran, next, cancellation);
        file.Remove(keepFormer: owner is not UnitOwner.Ours);
        await TryAsync(after, ran, next, cancellation);
        return Show(new UninstallReport(place.File, "removed", home, [.. ran], [.. next]));
    }

    private static async Task TryAsync(string[] command, List<string> ran, List<string> next, CancellationToken cancellation)
    {
        try
        {
            ran.AddRange(await SystemControl.RunAsync([command], "", cancellation));
        }
        catch (CommandFailure)
        {
            next.Add(string.Join(' ', command));
        }
    }

    private static Report Show(UninstallReport report) => Report.Of(report, () => CliJson.Readable.UninstallReport, (value, screen) =>
    {
        screen.Line(value.State == "none"
            ? $"There is no unit {PlainText.Of(value.Unit)}."
            : $"{PlainText.Of(value.Unit)}: {value.State}. What stays: {PlainText.Of(value.Stays)} with its keys, journal, settings and logs.");
        foreach (var ran in value.Ran)
        {
            screen.Line($"ran   {ran}");
        }

        foreach (var next in value.Next)
        {
            screen.Line($"{(value.State == "would remove" ? "would run" : "where systemd runs")}  {next}");
        }
    });
}
