using System.Collections.Immutable;

namespace Netclaw.Actors.Trust.Reading;

/// <summary>The header lines of one request, asked for by name.</summary>
internal sealed class RequestHeaders
{
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly ImmutableArray<HeaderLine> _lines;
    private readonly List<string> _ofOneHop = [];

    public RequestHeaders(ImmutableArray<HeaderLine> lines)
    {
        _lines = lines;
        foreach (var line in lines)
        {
            HasForwarding |= ForwardingHeaders.Tells(line.Name);
            if (HeaderName.AreEqual(line.Name, "connection"))
            {
                AddHops(line.Value);
            }
        }
    }

    /// <summary>Any forwarding header, or one that somebody asked the last hop to drop.</summary>
    public bool HasForwarding { get; private set; }

    /// <summary>Every line of this name, in order.</summary>
    public List<string> Values(string name)
    {
        var values = new List<string>();
        foreach (var line in _lines)
        {
            if (HeaderName.AreEqual(line.Name, name))
            {
                values.Add(line.Value.Trim(Blanks));
            }
        }

        return values;
    }

    /// <summary>Null when absent. Several lines become one text that no rule admits.</summary>
    public string? Text(string name) => Values(name) is { Count: > 0 } values ? string.Join(", ", values) : null;

    /// <summary>A header that means something only when there is exactly one.</summary>
    /// <param name="isList">Several values are its syntax, so they are no ambiguity.</param>
    public HeaderReading Read(string name, bool isList = false)
    {
        var values = Values(name);
        if (HasTwin(name) || IsOfOneHop(name) || (!isList && (values.Count > 1 || values is [var joined] && joined.Contains(','))))
        {
            return new HeaderReading(HeaderState.Ambiguous);
        }

        return values.Count == 0 ? HeaderReading.Absent
            : values.All(value => value.Length == 0) ? new HeaderReading(HeaderState.Blank)
            : HeaderReading.Of(string.Join(", ", values));
    }

    /// <summary>Named by <c>Connection</c> (RFC 9110 section 7.6.1): a hop on the way may have dropped what the proxy set, or will not have overwritten it.</summary>
    public bool IsOfOneHop(string name)
    {
        foreach (var hop in _ofOneHop)
        {
            if (HeaderName.AreTwins(hop, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A header of another spelling that some proxies take for the same one.</summary>
    public bool HasTwin(string name)
    {
        foreach (var line in _lines)
        {
            if (HeaderName.AreTwins(line.Name, name) && !HeaderName.AreEqual(line.Name, name))
            {
                return true;
            }
        }

        return false;
    }

    private void AddHops(string value)
    {
        foreach (var name in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            HasForwarding |= ForwardingHeaders.Tells(name);
            _ofOneHop.Add(name);
        }
    }
}
