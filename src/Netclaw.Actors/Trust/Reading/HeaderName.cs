namespace Netclaw.Actors.Trust.Reading;

/// <summary>Names of headers, as gateways and servers confuse them.</summary>
internal static class HeaderName
{
    public static bool AreEqual(ReadOnlySpan<char> one, ReadOnlySpan<char> other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Equal once underscores and hyphens are one, as CGI and its heirs see them: a proxy that strips only one of the two passes the other on.</summary>
    public static bool AreTwins(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (one.Length != other.Length)
        {
            return false;
        }

        for (var index = 0; index < one.Length; index++)
        {
            if (Plain(one[index]) != Plain(other[index]))
            {
                return false;
            }
        }

        return true;
    }

    private static char Plain(char symbol) => symbol switch
    {
        '_' => '-',
        >= 'A' and <= 'Z' => (char)(symbol | 0x20),
        _ => symbol,
    };
}
