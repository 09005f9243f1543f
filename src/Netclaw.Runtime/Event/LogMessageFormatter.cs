using System.Globalization;

namespace Akka.Event;

/// <summary>Puts parameters into a message.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public interface ILogMessageFormatter
{
    /// <summary>The text of format and arguments.</summary>
    string Format(string format, params object[] args);

    /// <summary>The text of format and arguments.</summary>
    string Format(string format, IEnumerable<object> args);
}

/// <summary>Formats as <see cref="string.Format(string, object[])"/> does, in the invariant culture; a wrong format is shown as it is.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public class DefaultLogMessageFormatter : ILogMessageFormatter
{
    /// <summary>The only instance.</summary>
    public static readonly DefaultLogMessageFormatter Instance = new();

    private DefaultLogMessageFormatter()
    {
    }

    /// <inheritdoc/>
    public string Format(string format, params object[] args)
    {
        if (args.Length == 0)
            return format;
        try
        {
            return string.Format(CultureInfo.InvariantCulture, format, args);
        }
        catch (FormatException)
        {
            return $"{format} [{string.Join(", ", args)}]";
        }
    }

    /// <inheritdoc/>
    public string Format(string format, IEnumerable<object> args) => Format(format, args.ToArray());
}
