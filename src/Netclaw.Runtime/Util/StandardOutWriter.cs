namespace Akka.Util;

/// <summary>Whole lines on standard output, one writer at a time. The default loggers are the only ones to use it.</summary>
public static class StandardOutWriter
{
    private static readonly Lock Gate = new();

    /// <summary>One line; safe from several threads.</summary>
    public static void WriteLine(string message, ConsoleColor? foregroundColor = null, ConsoleColor? backgroundColor = null)
    {
        lock (Gate)
        {
            if (foregroundColor is { } foreground)
                Console.ForegroundColor = foreground;
            if (backgroundColor is { } background)
                Console.BackgroundColor = background;
            Console.WriteLine(message);
            if (foregroundColor is not null || backgroundColor is not null)
                Console.ResetColor();
        }
    }
}
