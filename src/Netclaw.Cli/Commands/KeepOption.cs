using System.CommandLine;

namespace Netclaw.Cli.Commands;

/// <summary><c>--keep</c>: how many archives remain.</summary>
internal static class KeepOption
{
    public static Option<int?> Build(string description)
    {
        var keep = new Option<int?>("--keep") { Description = description, HelpName = "number" };
        keep.Validators.Add(result =>
        {
            if (result.Tokens is not [{ Value: var text }] || !int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) || number < 1)
            {
                result.AddError($"--keep '{string.Join(' ', result.Tokens)}' is no number of archives; at least 1 remains.");
            }
        });
        return keep;
    }
}
