using System.Globalization;
using System.Text;

namespace Netclaw.Daemon.Http;

/// <summary>Labels as Prometheus writes them: <c>name="value"</c>, sorted, escaped.</summary>
internal static class MetricLabels
{
    public static string Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        if (tags.Length == 1)
        {
            return One(tags[0]);
        }

        var all = new string[tags.Length];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = One(tags[i]);
        }

        Array.Sort(all, StringComparer.Ordinal);
        return string.Join(',', all);
    }

    public static string Braced(string labels, string? further = null) => (labels.Length, further) switch
    {
        (0, null) => "",
        (0, _) => $"{{{further}}}",
        (_, null) => $"{{{labels}}}",
        _ => $"{{{labels},{further}}}",
    };

    private static string One(KeyValuePair<string, object?> tag)
    {
        var value = tag.Value switch
        {
            bool truth => truth ? "true" : "false",
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => tag.Value?.ToString() ?? "",
        };
        return $"{tag.Key.Replace('.', '_')}=\"{Escaped(value)}\"";
    }

    private static string Escaped(string value) => new StringBuilder(value).Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").ToString();
}
