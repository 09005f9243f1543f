using System.Globalization;
using System.Text;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Agents;

/// <summary>What a provider or program said, as it may stand in an error: one short line, without the key, without what moves a terminal's cursor.</summary>
internal static class SeenText
{
    private const int Longest = 300;

    /// <param name="most">In characters; what is cut off is marked.</param>
    public static string Of(string text, Secret? key = null, int most = Longest)
    {
        var bare = key is null ? text : text.Replace(key.Reveal(), "***", StringComparison.Ordinal);
        var line = new StringBuilder(Math.Min(bare.Length, most));
        foreach (var symbol in bare.Trim())
        {
            if (line.Length >= most)
            {
                return line.Append('…').ToString();
            }

            if (!char.IsControl(symbol) && !char.IsSurrogate(symbol) && char.GetUnicodeCategory(symbol) != UnicodeCategory.Format)
            {
                line.Append(symbol);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().Trim();
    }
}
