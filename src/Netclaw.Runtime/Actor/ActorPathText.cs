using System.Buffers;
using System.Text;

namespace Akka.Actor;

/// <summary>The written form of actor paths (RFC 2396 path characters, "$" reserved for generated names).</summary>
internal static class ActorPathText
{
    private static readonly SearchValues<char> Valid =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" + ActorPath.ValidSymbols);

    public static bool IsValidElement(string element)
    {
        if (string.IsNullOrEmpty(element) || element[0] == '$')
            return false;
        var rest = element.AsSpan();
        while (rest.IndexOfAnyExcept(Valid) is >= 0 and var bad)
        {
            if (rest[bad] != '%' || rest.Length < bad + 3 || !char.IsAsciiHexDigit(rest[bad + 1]) || !char.IsAsciiHexDigit(rest[bad + 2]))
                return false;
            rest = rest[(bad + 3)..];
        }

        return true;
    }

    public static string Write(ActorPath path, string prefix)
    {
        if (path.Depth == 0)
            return $"{prefix}/{path.Name.TrimStart('/')}";
        var text = new StringBuilder(prefix);
        foreach (var element in path.Elements)
            text.Append('/').Append(element);
        return text.ToString();
    }

    public static bool TryRead(string text, out ActorPath path)
    {
        path = null!;
        if (!Address.TryParse(text, out var address))
            return false;
        var start = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var slash = text.IndexOf('/', start);
        path = new RootActorPath(address);
        if (slash >= 0)
            path /= text[(slash + 1)..].Split('/');
        return true;
    }
}
