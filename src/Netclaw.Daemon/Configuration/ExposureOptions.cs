using Netclaw.Actors.Trust;

namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>exposure</c>.</summary>
public sealed class ExposureOptions
{
    private static readonly ExposureMode[] Modes = Enum.GetValues<ExposureMode>();

    /// <summary>Default <c>local</c>: this machine only.</summary>
    public ExposureMode Mode { get; init; } = ExposureMode.Local;

    public string ModeName => Mode.Name();

    /// <summary>The http or https url under which other machines reach the gateway; absent: pairing instructions name the bound address.</summary>
    public Uri? ExternalUrl { get; init; }

    internal static ExposureOptions Read(ConfigSection section)
    {
        var options = new ExposureOptions
        {
            Mode = section.Parsed("mode", ExposureMode.Local, TryMode, "There is no such exposure mode.",
                $"Write one of: {string.Join(", ", Modes.Select(known => known.Name()))}."),
            ExternalUrl = section.Parsed<Uri?>("externalUrl", null, TryUrl, "This is not an http or https url.", "Write for example https://gateway.example.org."),
        };
        section.RejectUnknown();
        return options;
    }

    /// <summary>Case-insensitive, hyphen optional.</summary>
    private static bool TryMode(string text, out ExposureMode mode)
    {
        var plain = text.Replace("-", "", StringComparison.Ordinal);
        foreach (var known in Modes)
        {
            if (known.Name().Replace("-", "", StringComparison.Ordinal).Equals(plain, StringComparison.OrdinalIgnoreCase))
            {
                mode = known;
                return true;
            }
        }

        mode = default;
        return false;
    }

    private static bool TryUrl(string text, out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0;
}

public sealed class ExposureOptionsValidator : ConfigValidator<ExposureOptions>
{
    public override IEnumerable<ConfigProblem> Check(ExposureOptions options)
    {
        if (options.Mode != ExposureMode.Local)
        {
            yield return new ConfigProblem("exposure.mode", options.ModeName, "This version serves only exposure.mode \"local\".", "Write \"local\".");
        }
    }
}
