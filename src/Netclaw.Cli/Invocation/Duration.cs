using System.CommandLine.Parsing;
using System.Globalization;

namespace Netclaw.Cli.Invocation;

/// <summary>Lengths of time as people type them: <c>30</c> (seconds), <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>1h</c>.</summary>
internal static class Duration
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (TryParse(text, out var span))
        {
            return span;
        }

        result.AddError($"--timeout '{text}' is not a length of time; write 500ms, 30s or 5m, at most 1 day.");
        return null;
    }

    public static bool TryParse(string text, out TimeSpan span)
    {
        var digits = text.TrimEnd('m', 's', 'h');
        double? unit = text[digits.Length..] switch
        {
            "" or "s" => 1,
            "ms" => 0.001,
            "m" => 60,
            "h" => 3600,
            _ => null,
        };
        var number = double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : -1;
        var seconds = number * unit ?? -1;
        var valid = seconds > 0 && seconds <= Longest.TotalSeconds;
        span = valid ? TimeSpan.FromSeconds(seconds) : default;
        return valid;
    }
}
