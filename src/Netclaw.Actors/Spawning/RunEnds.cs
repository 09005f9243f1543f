using System.Globalization;
using System.Text;
using Netclaw.Actors.Agents;
using Netclaw.Protocol;

namespace Netclaw.Actors.Spawning;

/// <summary>How programs and turns ended, as the end of a run; and in words. Pure.</summary>
internal static class RunEnds
{
    public static RunEnd Of(ChildEnd end) => new(
        end switch
        {
            { Cancelled: true } => RunVerdict.Cancelled,
            { TimedOut: true } => RunVerdict.TimedOut,
            { Succeeded: true } => RunVerdict.Done,
            _ => RunVerdict.Failed,
        },
        end.ExitCode, Shortened(end.Errors.Length == 0 ? end.Output : end.Output.Length == 0 ? end.Errors : $"{end.Output}\n{end.Errors}"), end.Problem);

    public static RunEnd Of(AgentOutcome outcome) => outcome switch
    {
        AgentOutcome.Completed done => new(RunVerdict.Done, null, Shortened(done.Text), null),
        AgentOutcome.Cancelled cancelled => new(RunVerdict.Cancelled, null, Shortened(cancelled.Text), "The turn was cancelled."),
        AgentOutcome.Failed failed => new(failed.Code == RefusalCode.AgentTimedOut ? RunVerdict.TimedOut : RunVerdict.Failed, null, Shortened(failed.Text), failed.Message),
        AgentOutcome.Lost => RunEnd.Lost,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "no such outcome"),
    };

    /// <summary>For the conversation that started it.</summary>
    public static string Announcement(Run run)
    {
        var end = run.End!;
        var text = new StringBuilder("Run ").Append(run.Id);
        if (run.Plan.Label is { } label)
        {
            text.Append(" (").Append(label).Append(')');
        }

        text.Append(' ').Append(end.Verdict switch
        {
            RunVerdict.Done => "is done",
            RunVerdict.Failed => "failed",
            RunVerdict.TimedOut => "ran out of time",
            RunVerdict.Cancelled => "was cancelled",
            RunVerdict.Lost => "was lost",
            _ => throw new ArgumentOutOfRangeException(nameof(run), end.Verdict, "no such verdict"),
        });
        if (run.StartedAt is { } started && run.EndedAt is { } ended)
        {
            text.Append(CultureInfo.InvariantCulture, $" after {(ended - started).TotalSeconds:0.0} s");
        }

        if (end.ExitCode is { } code and not 0)
        {
            text.Append(CultureInfo.InvariantCulture, $", exit code {code}");
        }

        text.Append('.');
        if (end.Problem is { } problem)
        {
            text.Append(' ').Append(problem);
        }

        return end.Output.Length == 0 ? text.ToString() : text.Append('\n').Append(end.Output.TrimEnd('\n')).ToString();
    }

    /// <summary>The beginning says what it was about, the end how it went.</summary>
    private static string Shortened(string text)
    {
        if (text.Length <= RunEnd.MostCharacters)
        {
            return text;
        }

        var (first, last) = (TextCut.LengthOf(text, RunEnd.MostCharacters / 2), text.Length - (RunEnd.MostCharacters / 2));
        last = char.IsLowSurrogate(text[last]) ? last + 1 : last;
        return string.Create(CultureInfo.InvariantCulture, $"{text[..first]}\n[… {last - first} characters left out]\n{text[last..]}");
    }
}
