using System.Text;

namespace Akka.Actor;

/// <summary>The written form of actor paths (RFC 2396 path characters, "$" reserved for generated names).</summary>
internal static class ActorPathText
{
    public static bool IsValidElement(string element)
    {
        if (string.IsNullOrEmpty(element) || element[0] == '$')
            return false;
        for (var i = 0; i < element.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(element[i]) || ActorPath.ValidSymbols.Contains(element[i], StringComparison.Ordinal))
                continue;
            if (element[i] != '%' || element.Length < i + 3 || !char.IsAsciiHexDigit(element[i + 1]) || !char.IsAsciiHexDigit(element[i + 2]))
                return false;
            i += 2;
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
