using Netclaw.Cli.Output;

namespace Netclaw.Cli.Completion;

internal sealed record CompletionReport(string Shell, string Script);

/// <summary>Scripts that ask this program what can follow: <c>netclaw "[suggest:position]" "line"</c>.</summary>
internal static class CompletionScript
{
    private const string Bash = """
        # netclaw completion for bash. Load it with: source <(netclaw completion bash)
        _netclaw_complete() {
          local IFS=$'\n' word=${COMP_WORDS[COMP_CWORD]}
          COMPREPLY=($(compgen -W "$(netclaw "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null </dev/null)" -- "$word"))
        }
        complete -o default -F _netclaw_complete netclaw
        """;

    private const string Zsh = """
        #compdef netclaw
        # netclaw completion for zsh. Load it with: source <(netclaw completion zsh)
        _netclaw() {
          local -a found
          found=("${(@f)$(netclaw "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null </dev/null)}")
          compadd -- "${found[@]}"
        }
        compdef _netclaw netclaw
        """;

    private const string Fish = """
        # netclaw completion for fish. Load it with: netclaw completion fish | source
        complete --no-files --command netclaw --arguments '(netclaw "[suggest:"(commandline --cursor)"]" (commandline) 2>/dev/null </dev/null)'
        """;

    public static Report For(string shell)
    {
        var script = shell switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            "fish" => Fish,
            _ => throw new ArgumentOutOfRangeException(nameof(shell), shell, "no such shell"),
        };
        return Report.Of(new CompletionReport(shell, script), () => CliJson.Readable.CompletionReport, (report, screen) => screen.Line(report.Script));
    }
}
