using System.CommandLine;
using System.CommandLine.Parsing;
using Netclaw.Cli.Doctoring;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Recovery;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw doctor …</c>: what is wrong, and what mends it.</summary>
internal static class DoctorCommand
{
    public static Command Build(CommandShell shell)
    {
        var only = Ids("--only", "Run these checks alone.");
        var skip = Ids("--skip", "Leave these checks out.");
        var fix = new Option<bool>("--fix") { Description = "Repair local access first, where that is safe: shows the plan, asks, backs up, repairs, and proves it by connecting." };
        var dryRun = new Option<bool>("--dry-run") { Description = "With --fix: show each write and change nothing." };
        var yes = new Option<bool>("--yes") { Description = "With --fix: do not ask." };
        var command = new Command("doctor",
            "Look at this home and its daemon, up or down: what is wrong, what is trusted, and what mends it. Changes nothing without --fix. Exit code 1: errors; 2: only warnings.")
        {
            only, skip, fix, dryRun, yes, Proxy(shell),
        };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(dryRun) || result.GetValue(yes)) && !result.GetValue(fix))
            {
                result.AddError("--dry-run and --yes go with --fix; without it the doctor changes nothing.");
            }
        });
        command.SetAction(shell.Streaming((parsed, context, cancellation) =>
        {
            var (chosen, left) = (parsed.GetValue(only) ?? [], parsed.GetValue(skip) ?? []);
            return parsed.GetValue(fix)
                ? new DoctorFix(context).RunAsync(chosen, left, new RecoverRequest(parsed.GetValue(dryRun), parsed.GetValue(yes), FullReset: false, Confirm: null), cancellation)
                : new Doctor(context).RunAsync(chosen, left, cancellation);
        }));
        return command;
    }

    private static Command Proxy(CommandShell shell)
    {
        var password = new Option<bool>("--password-stdin") { Description = "Read user:password for the proxy from the first line of stdin." };
        var command = new Command("proxy",
            "Send one request through the proxy in front of this gateway and say which part of its behaviour is wrong. The proxy is at exposure.externalUrl, or at --url. Exit code 1: errors; 2: only warnings.")
        {
            password,
        };
        command.SetAction(shell.Streaming((parsed, context, cancellation) => new ProxyDoctor(context).RunAsync(parsed.GetValue(password), cancellation)));
        return command;
    }

    private static Option<string[]> Ids(string name, string description)
    {
        var known = Doctor.Checks.Select(check => check.Id).ToArray();
        return new Option<string[]>(name)
        {
            Description = $"{description} Any of: {string.Join(", ", known)}; separated by commas, or the option again.", HelpName = "check", CustomParser = result => Parse(result, known),
        };
    }

    private static string[] Parse(ArgumentResult result, string[] known)
    {
        var named = result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();
        foreach (var stranger in named.Except(known))
        {
            var nearest = NearestName.To(stranger, known);
            result.AddError($"There is no check '{stranger}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")} Checks: {string.Join(", ", known)}.");
        }

        return named;
    }
}
