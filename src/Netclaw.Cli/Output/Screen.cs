using System.Text.Json;

namespace Netclaw.Cli.Output;

/// <summary>How a command talks: results on stdout, everything else on stderr, as text or (with <c>--json</c>) as JSON lines.</summary>
internal sealed class Screen(Terminal terminal, bool json, bool verbose)
{
    public Terminal Terminal => terminal;

    public bool Json => json;

    public bool Verbose => verbose;

    public int Width => Math.Clamp(terminal.Width, 40, 160);

    /// <summary>Somebody is there to answer a question.</summary>
    public bool CanAsk => terminal.InputIsTerminal && terminal.ErrorIsTerminal && !json;

    public void Line(string text = "") => terminal.Out.WriteLine(text);

    public void Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Line(line);
        }
    }

    public string Bold(string text) => terminal.Color ? $"\e[1m{text}\e[0m" : text;

    public string Dim(string text) => terminal.Color ? $"\e[2m{text}\e[0m" : text;

    public void Show(Report report)
    {
        if (json)
        {
            Line(report.Json);
        }
        else
        {
            report.Print(this);
        }

        terminal.Out.Flush();
    }

    /// <summary>What happens meanwhile, on stderr; in JSON one object per line with an <c>event</c>, which no error has.</summary>
    public void Progress(Progress progress)
    {
        terminal.Out.Flush();
        terminal.Error.WriteLine(json ? JsonSerializer.Serialize(progress, CliJson.Readable.Progress) : progress.Text);
    }

    /// <summary>Only with <c>--verbose</c>.</summary>
    public void Trace(string text)
    {
        if (verbose)
        {
            Progress(new Progress("trace", json ? text : Dim("· " + PlainText.Of(text))));
        }
    }

    /// <summary>Asks on stderr, so that stdout stays the result's. Null at the end of the input.</summary>
    public async Task<string?> AskAsync(string question, CancellationToken cancellation)
    {
        await terminal.Out.FlushAsync(cancellation);
        await terminal.Error.WriteAsync(question);
        return await ReadLineAsync(cancellation);
    }

    /// <summary>One line of stdin. Reading blocks in the kernel, so the wait is given up, not the read.</summary>
    public Task<string?> ReadLineAsync(CancellationToken cancellation) =>
        Task.Run(terminal.In.ReadLine, CancellationToken.None).WaitAsync(cancellation);

    /// <summary>True only for a clear yes.</summary>
    public async Task<bool> ConfirmAsync(string question, CancellationToken cancellation) =>
        await AskAsync(question + " [y/N] ", cancellation) is { } answer
        && answer.Trim().ToLowerInvariant() is "y" or "yes";
}
