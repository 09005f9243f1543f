using System.CommandLine;
using Netclaw.Cli.Cron;
using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw cron add</c>.</summary>
internal static class CronAddCommand
{
    public static Command Build(CommandShell shell)
    {
        var at = Text("--at", "Once: 2030-01-31T09:00 (this machine's time zone unless an offset is given), or 20m for twenty minutes from now.", "time");
        var every = Text("--every", "Again and again: 30s, 10m, 2h, 1d.", "interval");
        var cron = Text("--cron", "By the five fields of crontab, or six with seconds before them.", "expression");
        var zone = Text("--tz", "The IANA time zone of --cron; default: the daemon's own.", "zone");
        var stagger = Text("--stagger", "With --cron: late by up to so much, each job by an amount of its own.", "interval");
        var onExit = Text("--on-exit", "Each time this line for /bin/sh has ended; it is then started again.", "line");
        var remind = Text("--remind", "Say this in the conversation.", "text");
        var prompt = Text("--prompt", "Ask the agent this.", "text");
        var program = new Argument<string[]>("command") { Description = "After --: a program to run and its arguments; no shell's line.", Arity = ArgumentArity.ZeroOrMore };
        var name = Text("--name", "What the job is called; default: what it does.", "text");
        var session = Text("--session", "Where it speaks: main (default), isolated (a conversation of its own), or a conversation's key.", "key");
        var webhook = Text("--webhook", "Post what came of each run here, signed: https, or http on loopback.", "url");
        var announce = new Option<bool>("--announce") { Description = "Say what came of each run in the main conversation." };
        var delete = new Option<bool>("--delete-after-run") { Description = "Remove the job when a run of it has succeeded." };
        var catchUp = Text("--catch-up", "Times missed while the daemon was down: once (default), skip or all.", "policy");
        var overlap = Text("--overlap", "Times that come while it still runs: skip (default), queue or parallel.", "policy");
        var retries = new Option<int?>("--retries") { Description = "How often a failed run is tried again; default: 3 for reminders, else 0.", HelpName = "number" };
        var scopes = ScopeOptions.Scopes("What a command may do at the gateway while it runs; left out: read and write.");
        var command = new Command("add", "Add a job, and show its next three times.")
        {
            at, every, cron, zone, stagger, onExit, remind, prompt, name, session, webhook, announce, delete, catchUp, overlap, retries, scopes, program,
        };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new CronVerbs(context).AddAsync(
            new JobRequest
            {
                Name = parsed.GetValue(name), At = parsed.GetValue(at), Every = parsed.GetValue(every), Cron = parsed.GetValue(cron), Zone = parsed.GetValue(zone), Stagger = parsed.GetValue(stagger),
                OnExit = parsed.GetValue(onExit), Remind = parsed.GetValue(remind), Prompt = parsed.GetValue(prompt), Command = [.. parsed.GetValue(program) ?? []], Session = parsed.GetValue(session),
                Webhook = parsed.GetValue(webhook), Announce = parsed.GetValue(announce), DeleteAfterRun = parsed.GetValue(delete), CatchUp = parsed.GetValue(catchUp),
                Overlap = parsed.GetValue(overlap), Retries = parsed.GetValue(retries), Scopes = parsed.GetValue(scopes),
            }, cancellation)));
        return command;
    }

    private static Option<string?> Text(string name, string purpose, string value) => new(name) { Description = purpose, HelpName = value };
}
