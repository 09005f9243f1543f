using System.Text;
using Netclaw.Cli.Doctoring;

namespace Netclaw.Cli.Tests.Docs;

/// <summary>docs/doctor.md, made from the checks.</summary>
internal static class DoctorReference
{
    public static string Render()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # What the doctor looks at

            Made from the checks; `NETCLAW_UPDATE_DOCS=1 dotnet test tests/Netclaw.Cli.Tests` writes it again.

            `netclaw doctor` runs them in this order and changes nothing. It works with the daemon up, down or stuck, and on a file system that is read-only. Exit code 0: healthy; 1: errors;
            2: only warnings. What is only told (info) leaves a home healthy. `--only` and `--skip` name checks, `--json` prints one object: `home`, `healthy`, `errors`, `warnings`, and `checks`
            with `id`, `state` (ok, info, warning, error, skipped), `seen` and `findings` (`id`, `severity`, `seen`, `remedy`, and `key`, `value`, `change` where a setting is meant).
            `--fix` repairs local access first, as `netclaw recover local-access` does, and its object has `repair` too: `outcome`, `plan` with its `writes`, `backup`, `repair` and `proof`.

            | check | looks at |
            |---|---|

            """);
        foreach (var check in Doctor.Checks)
        {
            page.Append($"| `{check.Id}` | {check.Looks} |\n");
        }

        page.Append("\n## Findings\n\nA word in angle brackets stands for what was found.\n\n| check | finding | severity | means | remedy |\n|---|---|---|---|---|\n");
        foreach (var check in Doctor.Checks)
        {
            foreach (var kind in check.Kinds)
            {
                page.Append(Row(check.Id, kind));
            }
        }

        foreach (var kind in Doctor.Kinds)
        {
            page.Append(Row("(any)", kind));
        }

        return page.ToString();
    }

    private static string Row(string check, FindingKind kind) =>
        $"| `{check}` | `{kind.Id}` | {kind.Severity.ToString().ToLowerInvariant()} | {kind.Means} | `{kind.Remedy}` |\n";
}
