namespace Akka.Event;

/// <summary>How grave a line is.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public enum LogLevel
{
    /// <summary>For those who look for a defect.</summary>
    DebugLevel = 0,
    /// <summary>What happened as it should.</summary>
    InfoLevel = 1,
    /// <summary>What may become an error.</summary>
    WarningLevel = 2,
    /// <summary>What went wrong.</summary>
    ErrorLevel = 3,
}
