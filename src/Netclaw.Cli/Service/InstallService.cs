using System.Collections.Immutable;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Processes;
using Netclaw.Protocol;

namespace Netclaw.Cli.Service;

/// <param name="User">Who a system unit runs as; null: whoever owns the home.</param>
/// <param name="Directory">Where the unit goes; null: where systemd looks for it.</param>
internal sealed record InstallRequest(bool System, string? User, string? Directory, bool Print, bool DryRun, bool Force, bool Enable, bool Start);

/// <param name="Unit">The file.</param>
/// <param name="State">written, unchanged, would write, printed.</param>
/// <param name="Program">The netclawd that it starts.</param>
/// <param name="User">Who a system unit runs as.</param>
/// <param name="Ran">Commands that were run, as typed.</param>
/// <param name="Next">Commands that are left to run.</param>
/// <param name="Text">With <c>--print</c> and <c>--dry-run</c>.</param>
internal sealed record InstallReport(string Unit, string State, string Program, string Home, string? User, ImmutableArray<string> Ran, ImmutableArray<string> Next, string? Text);

/// <summary><c>netclaw daemon install</c>: the unit that runs this home's daemon under systemd.</summary>
internal sealed class InstallService(CommandContext context)
{
    private const string Verb = "daemon install";

    /// <exception cref="CommandFailure">Nothing was changed, unless the message says so.</exception>
    public async Task<Report> RunAsync(InstallRequest request, CancellationToken cancellation)
    {
        context.RefuseElsewhere(Verb);
        var place = Place(request.System, request.Directory, context.Host.Environment);
        var facts = Facts(request, place);
        RefuseUnwritable(facts);
        var text = ServiceUnit.Render(facts);
        var file = new UnitFile(place);
        if (request.Print)
        {
            return Show(new InstallReport(place.File, "printed", facts.Program, facts.Home.Root, facts.Account?.Name, [], [], text));
        }

        var present = file.Read();
        if (present is not null && present != text && !request.Force)
        {
            file.RefuseForeign(present, facts.Home, "install");
        }

        var commands = Commands(request, place, facts);
        var next = Next(request, place, facts);
        if (request.DryRun)
        {
            return Show(new InstallReport(place.File, present == text ? "unchanged" : "would write", facts.Program, facts.Home.Root, facts.Account?.Name, [], [.. commands.Select(Typed), .. next], text));
        }

        if (present != text)
        {
            file.Write(text, keepFormer: present is not null && UnitText.OwnerOf(present) is not UnitOwner.Ours);
        }

        var ran = await SystemControl.RunAsync(commands, $"The unit is in {place.File}", cancellation);
        return Show(new InstallReport(place.File, present == text ? "unchanged" : "written", facts.Program, facts.Home.Root, facts.Account?.Name, [.. ran], next, null));
    }

    public static ServicePlace Place(bool system, string? directory, Func<string, string?> environment)
    {
        var place = ServicePlace.Of(system, environment);
        return directory is null ? place : place with { File = Path.Combine(Path.GetFullPath(directory), ServicePlace.Name) };
    }

    private UnitFacts Facts(InstallRequest request, ServicePlace place)
    {
        var program = DaemonExecutable.Find(context.Host.Environment, context.Host.BaseDirectory);
        var root = context.Host.Environment("DOTNET_ROOT") is { Length: > 0 } set ? set : DaemonExecutable.Variables(context.Host.Environment).GetValueOrDefault("DOTNET_ROOT");
        if (!place.IsSystem)
        {
            return request.User is null
                ? new UnitFacts(program, root, context.Home, null, ConfigHints.Read(context.Home.ConfigFile).Drain)
                : throw new CommandFailure(RefusalCode.UsageError, "--user says who a system unit runs as; a unit of your own runs as you.", "netclaw daemon install --system --user " + request.User);
        }

        var account = request.User is { } name
            ? Account.Named(name) ?? throw new CommandFailure(RefusalCode.UsageError, $"This machine knows no user {name}.", "getent passwd")
            : OwnerOfHome();
        var home = context.Host.Environment(NetclawHome.Variable) is { Length: > 0 } || request.User is null
            ? context.Home
            : NetclawHome.At(Path.Combine(account.Directory, ".netclaw"), context.Host.Environment);
        return new UnitFacts(program, root, home, account, ConfigHints.Read(home.ConfigFile).Drain);
    }

    /// <summary>A daemon serves only a home of its own user, so an existing home says who it must be.</summary>
    private Account OwnerOfHome() =>
        FileFacts.OfPath(context.Home.Root) is { } facts && Account.Numbered(facts.Owner) is { } owner
            ? owner
            : throw new CommandFailure(
                RefusalCode.UsageError, $"{context.Home.Root} does not exist yet, so its owner does not say who the daemon is to run as.", "netclaw daemon install --system --user <name>");

    private static void RefuseUnwritable(UnitFacts facts)
    {
        foreach (var path in new[] { facts.Program, facts.Home.Root, facts.DotnetRoot ?? "" })
        {
            if (UnitText.Unwritable(path) is { } character)
            {
                throw new CommandFailure(RefusalCode.UsageError, $"A path with {character} in it cannot stand in a unit file: {PlainText.Of(path)}", "netclaw daemon start");
            }
        }
    }

    private static IReadOnlyList<string[]> Commands(InstallRequest request, ServicePlace place, UnitFacts facts)
    {
        if (request is { Enable: false, Start: false })
        {
            return [];
        }

        if (request.Start && LockHolder.Find(facts.Home.LockFile) is { } running && !IsOfUnit(running))
        {
            throw new CommandFailure(RefusalCode.DaemonAlreadyRunning, $"A daemon that systemd did not start runs on {facts.Home.Root} (pid {running}); the unit could not start another.", "netclaw down");
        }

        string[][] enable = request.Enable ? [place.Control("enable", ServicePlace.Name)] : [];
        string[][] start = request.Start ? [place.Control("restart", ServicePlace.Name)] : [];
        return [place.Control("daemon-reload"), .. enable, .. start];
    }

    private static ImmutableArray<string> Next(InstallRequest request, ServicePlace place, UnitFacts facts)
    {
        var next = ImmutableArray.CreateBuilder<string>();
        if (request is { Enable: false, Start: false })
        {
            if (LockHolder.Find(facts.Home.LockFile) is { } running && !IsOfUnit(running))
            {
                next.Add("netclaw down");
            }

            next.Add(Typed(place.Control("daemon-reload")));
            next.Add(Typed(place.Control("enable", "--now", ServicePlace.Name)));
        }

        if (!place.IsSystem && Account.Numbered(UserId.Current) is { } self && !File.Exists($"/var/lib/systemd/linger/{self.Name}"))
        {
            next.Add($"loginctl enable-linger {self.Name}");
        }

        return next.ToImmutable();
    }

    /// <summary>systemd names the unit in the control group of what it started, see cgroups(7).</summary>
    private static bool IsOfUnit(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cgroup").Contains("/" + ServicePlace.Name, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Typed(string[] command) => string.Join(' ', command);

    private static Report Show(InstallReport report) => Report.Of(report, () => CliJson.Readable.InstallReport, Print);

    private static void Print(InstallReport report, Screen screen)
    {
        if (report.Text is { } text)
        {
            screen.Terminal.Out.Write(text);
            if (report.State == "printed")
            {
                return;
            }

            screen.Line();
        }

        screen.Line($"{PlainText.Of(report.Unit)}: {report.State}. It runs {PlainText.Of(report.Program)} on {PlainText.Of(report.Home)}{(report.User is { } user ? $" as {user}" : "")}.");
        foreach (var ran in report.Ran)
        {
            screen.Line($"ran   {ran}");
        }

        foreach (var next in report.Next)
        {
            screen.Line($"{(report.State == "would write" ? "would be next" : "next")}  {next}");
        }
    }
}
